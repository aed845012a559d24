import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { killProcesses, processesOfSession, waitForSessionToEnd } from '../electron/processes.ts'
import { evaluateOver, expectOver, findFreePort } from './devtools.ts'
import { useProject } from './use-project.ts'

const isConnected = "document.querySelector('#links')?.textContent"

/** The scripts that start the app, started as a user does. */
describeInElectron('A generated project', ({ env }) => {
  const project = useProject(['worker-window'], env)

  const start = async (command: string, ...args: string[]) => {
    const debuggingPort = await findFreePort()
    const isRoot = process.getuid?.() === 0
    const child = spawn(
      'npm',
      [
        'run',
        command,
        '--',
        ...args,
        ...(isRoot ? ['--noSandbox'] : []),
        ...debuggingArgs(command, debuggingPort),
      ],
      {
        cwd: project(),
        env: { ...process.env, ...env() },
        detached: true, // a session of its own
        stdio: 'ignore',
      },
    )
    onTestFinished(async () => killProcesses(await processesOfSession(child.pid!)))
    const exitCode = new Promise((resolve) => child.once('exit', resolve))
    return { debuggingPort, exitCode, session: child.pid! }
  }

  test('runs by "npm run dev", shows what is edited at once, and ends with its window', async () => {
    const { debuggingPort, exitCode, session } = await start('dev')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    expect(await evaluateOver(debuggingPort, 'app', 'location.protocol')).toBe('http:')

    await appendToFile('src/renderer/app/style.css', 'body { outline: 3px solid red }')
    await expectOver(debuggingPort, 'app', 'getComputedStyle(document.body).outlineWidth', '3px')
    await appendToFile('src/renderer/app/main.ts', 'document.title = "Edited"')
    await expectOver(debuggingPort, 'app', 'document.title', 'Edited')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 2')

    await evaluateOver(debuggingPort, 'app', 'void setTimeout(() => close())')
    expect(await exitCode).toBe(0)
    expect(await waitForSessionToEnd(session, 5000)).toEqual([])
  })

  test('keeps its content security policy in development', async () => {
    const { debuggingPort } = await start('dev')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    const tryInline = `
      const script = document.createElement('script')
      script.textContent = 'document.title = "inline"'
      document.head.append(script)
      document.title`
    expect(await evaluateOver(debuggingPort, 'app', tryInline)).toBe('Ports at work')
  })

  test('runs its build by "npm start"', async () => {
    const { debuggingPort, exitCode } = await start('start')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    expect(await evaluateOver(debuggingPort, 'app', 'location.origin')).toBe('app://bundle')
    await evaluateOver(debuggingPort, 'app', 'void setTimeout(() => close())')
    expect(await exitCode).toBe(0)
  })

  const appendToFile = async (path: string, text: string): Promise<void> => {
    const file = join(project(), path)
    const original = await readFile(file, 'utf8')
    onTestFinished(() => writeFile(file, original))
    await writeFile(file, `${original}\n${text}\n`)
  }
})

/** electron-vite knows the flag in development; otherwise it passes on what follows a second `--`. */
function debuggingArgs(command: string, port: number): string[] {
  return command === 'dev'
    ? [`--remoteDebuggingPort=${port}`]
    : ['--', `--remote-debugging-port=${port}`]
}
