import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { waitForSessionToEnd } from '../electron/processes.ts'
import { evaluateOver, expectOver } from './devtools.ts'
import { editFile } from './edit-file.ts'
import { startScript } from './start-script.ts'
import { useProject } from './use-project.ts'

const isConnected = "document.querySelector('#links')?.textContent"

/** The scripts that start the app, started as a user does. */
describeInElectron('A generated project', ({ env }) => {
  const project = useProject(['worker-window'], env)

  const start = (command: 'dev' | 'start', more: Record<string, string> = {}) =>
    startScript(project(), command, { ...env(), ...more })
  const append = (path: string, more: string): Promise<void> =>
    editFile(project(), path, (text) => `${text}\n${more}\n`)

  test('runs by "npm run dev", shows what is edited at once, and ends with its window', async () => {
    const { debuggingPort, exitCode, session } = await start('dev')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    expect(await evaluateOver(debuggingPort, 'app', 'location.protocol')).toBe('http:')

    await append('src/renderer/app/style.css', 'body { outline: 3px solid red }')
    await expectOver(debuggingPort, 'app', 'getComputedStyle(document.body).outlineWidth', '3px')
    await append('src/renderer/app/main.ts', 'document.title = "Edited"')
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

  test('has the same policy in development as in the build, but for the nonce of what Vite adds', async () => {
    const readPolicy = `fetch(location.href)
      .then(({ headers }) => headers.get('content-security-policy'))
      .catch(() => undefined)`
    const built = await start('start')
    await expectOver(built.debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    const policy = await evaluateOver(built.debuggingPort, 'app', readPolicy)
    const { debuggingPort } = await start('dev')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    const inDevelopment = String(await evaluateOver(debuggingPort, 'app', readPolicy))
    expect(inDevelopment.replaceAll(/ 'nonce-[\w-]{36}'/g, '')).toBe(policy)
    expect(policy).not.toMatch(/unsafe|ws:|font-src[^;]*data:/)
  })

  test.each(['dev', 'start'] as const)(
    'refuses what stands inline in a page, and applies what it imports, by "npm run %s"',
    async (command) => {
      await editFile(project(), 'src/renderer/app/index.html', (text) =>
        text.replace(
          '</head>',
          `<style>h1 { outline: 3px solid red }</style>
           <script>document.documentElement.dataset.classic = 'ran'</script>
           <script type="module">document.documentElement.dataset.module = 'ran'</script></head>`,
        ),
      )
      const imported = join(project(), 'src/renderer/app/imported.css')
      onTestFinished(() => rm(imported))
      await writeFile(imported, 'h1 { border-top: 7px solid }\n')
      await append('src/renderer/app/main.ts', "import './imported.css'")
      const { debuggingPort } = await start(command)
      await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
      const found = `(() => {
        const { classic, module } = document.documentElement.dataset
        const { outlineStyle, borderTopWidth } = getComputedStyle(document.querySelector('h1'))
        return { classic, module, outlineStyle, borderTopWidth }
      })()`
      // A module that stands inline becomes a file, in development as in the build.
      const expected = { module: 'ran', outlineStyle: 'none', borderTopWidth: '7px' }
      await expectOver(debuggingPort, 'app', found, expected)
    },
  )

  test('an edit of its content security policy takes effect by itself, each time', async () => {
    const { debuggingPort, debuggingPortAfter, output } = await start('dev')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    const path = 'src/main/content-security-policy.ts'
    const showsPicture = `(() => {
      const picture = new Image()
      picture.src = '${PICTURE}'
      return picture.decode().then(() => true, () => false)
    })()`
    expect(await evaluateOver(debuggingPort, 'app', showsPicture)).toBe(true)
    await editFile(project(), path, (text) => text.replace(' blob: data:', ''))
    await expectOver(await debuggingPortAfter(1), 'app', showsPicture, false)
    await editFile(project(), path, (text) => text.replace("'img-src': \"'self'", '$& blob: data:'))
    await expectOver(await debuggingPortAfter(2), 'app', showsPicture, true)
    expect(output().match(/restarting electron app/g)).toHaveLength(2)
  })

  test.each(['dev', 'start'] as const)(
    'runs by "npm run %s" in a terminal of an editor that is made with Electron',
    async (command) => {
      const { debuggingPort } = await start(command, { ELECTRON_RUN_AS_NODE: '1' })
      await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    },
  )

  test.each(['dev', 'start'] as const)(
    'names lines of the sources in what main prints of an error, by "npm run %s"',
    async (command) => {
      await append('src/main/index.ts', "console.error(new Error('A probe.').stack)")
      const { output } = await start(command)
      const at = /Error: A probe\.\n\s+at .*src\/main\/index\.ts:(\d+)/
      await expect.poll(output, { timeout: 45_000 }).toMatch(at)
      const text = await readFile(join(project(), 'src/main/index.ts'), 'utf8')
      const line = Number(at.exec(output())?.[1])
      expect(text.split('\n')[line - 1]).toContain('A probe.')
    },
  )

  test('runs its build by "npm start"', async () => {
    const { debuggingPort, exitCode } = await start('start')
    await expectOver(debuggingPort, 'app', isConnected, 'jobs · connected · port 1')
    expect(await evaluateOver(debuggingPort, 'app', 'location.origin')).toBe('app://bundle')
    await evaluateOver(debuggingPort, 'app', 'void setTimeout(() => close())')
    expect(await exitCode).toBe(0)
  })
})

const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
