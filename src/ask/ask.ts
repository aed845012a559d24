import type { PromptObject } from 'prompts'
import { CancelledError } from '../errors.ts'

export type Question = Omit<PromptObject<'answer'>, 'name'> & { cursor?: number }

/** Asks one question. Throws a CancelledError on Ctrl-C, Ctrl-D or Esc. */
export async function ask<Answer>(question: Question): Promise<Answer> {
  const { default: prompts } = await import('prompts')
  const { answer } = await prompts({ ...question, name: 'answer' }, { onCancel: cancel })
  return answer
}

function cancel(): never {
  throw new CancelledError()
}
