import { type Readable, type Writable, addAbortSignal } from 'node:stream'

interface Message {
  id?: number
  params?: { sessionId?: string; targetInfo?: { targetId: string; type: string; url: string } }
  result?: { result?: { value?: unknown } }
}

/** The two pipes of `--remote-debugging-pipe`. */
export interface Pipes {
  input: Writable
  output: Readable
}

/**
 * What an expression gives in a page. The app is asked nothing until it says itself that the page is there, for each question
 * would take a little of what is measured. A page that goes elsewhere forgets it: then it is asked again.
 */
export async function askPage<Answer>(
  { input, output }: Pipes,
  isMeant: (url: string) => boolean,
  expression: string,
  signal: AbortSignal,
): Promise<Answer> {
  const sessions = new Map<string, string>() // by page
  const asked = new Map<number, string>() // which session, by question
  let questions = 0
  const send = (method: string, params: object, sessionId?: string): number => {
    questions += 1
    input.write(`${JSON.stringify({ id: questions, method, params, sessionId })}\0`)
    return questions
  }
  const ask = (session: string): void => {
    const params = { expression, awaitPromise: true, returnByValue: true }
    asked.set(send('Runtime.evaluate', params, session), session)
  }
  input.on('error', () => {}) // the app is ended when it has answered
  send('Target.setDiscoverTargets', { discover: true })
  send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true })
  for await (const { id, params, result } of messagesOf(addAbortSignal(signal, output))) {
    const { sessionId, targetInfo } = params ?? {}
    if (id !== undefined) {
      const session = asked.get(id)
      const value = result?.result?.value
      if (session && value !== undefined) return value as Answer
      if (session) ask(session)
    } else if (targetInfo?.type === 'page') {
      if (sessionId) sessions.set(targetInfo.targetId, sessionId)
      const session = sessions.get(targetInfo.targetId)
      const isNew = session && ![...asked.values()].includes(session)
      if (isNew && isMeant(targetInfo.url)) ask(session)
    }
  }
  throw new Error('The app ended before its page had answered.')
}

async function* messagesOf(output: Readable): AsyncGenerator<Message> {
  let rest = ''
  for await (const chunk of output) {
    const texts = `${rest}${chunk}`.split('\0')
    rest = texts.pop() ?? ''
    for (const text of texts) yield JSON.parse(text) as Message
  }
}
