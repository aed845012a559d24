import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { Darkroom, pageOf } from './darkroom.ts'
import { evaluateOver, expectOver } from './devtools.ts'
import { LiveView, recorded, talk } from './live-view.ts'
import { readStderr } from './measure.ts'
import { runScript } from './project.ts'
import { buildForTests, leaveOutLiveView, letTalk, TALKING } from './talking-project.ts'
import { startScript } from './start-script.ts'
import { useProjectBy } from './use-project.ts'

/** The files of a build in which the live view is named. */
async function filesWithView(project: string): Promise<string[]> {
  const out = join(project, 'out')
  const files = await readdir(out, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const file of files.filter((each) => each.isFile())) {
    const path = join(file.parentPath, file.name)
    const isNamed = /live-?view|live-recorder/i.test(path + (await readFile(path, 'latin1')))
    if (isNamed) found.push(path)
  }
  return found
}

describeInElectron('The live view', ({ launch, env }) => {
  const project = useProjectBy(TALKING, env)

  test('is in no production build', async () => {
    expect(await filesWithView(project())).toEqual([])
  })

  describe('in a build for tests', () => {
    beforeAll(async () => {
      await letTalk(project())
      await buildForTests(project(), env())
    })

    test('shows a row for each question, with its answer, as often as it was sent', async () => {
      const { app } = await launch(project())
      const view = await LiveView.open(app)
      await talk(app, async ({ call, stream, notify }) => {
        for (let number = 0; number < 25; number++) await call.echo({ number })
        for await (const _ of stream.count(130));
        for (let number = 0; number < 7; number++) notify.hear(number)
        await call.fail('It broke.').catch(() => {})
      })
      const rows = await recorded(app, { link: 'talk' })
      expect(rows.map(({ kind }) => kind)).toEqual([
        ...Array.from({ length: 25 }, () => 'call'),
        'stream',
        ...Array.from({ length: 7 }, () => 'notify'),
        'call',
      ])
      expect(rows.slice(0, 25).map(({ args, answer }) => [args, answer])).toEqual(
        Array.from({ length: 25 }, (_, number) => [[{ number }], { number }]),
      )
      expect(rows[25]).toMatchObject({
        method: 'count',
        args: [130],
        count: 130,
        state: 'answered',
      })
      expect(rows.at(-1)).toMatchObject({
        state: 'failed',
        answer: { error: 'Error: It broke.', code: 'ON_PURPOSE' },
        from: { node: 'app' },
      })
      // 25 calls and their answers; a stream, its items, credits and end; notifications; a call and its error.
      await expect
        .poll(async () => (await view.factsOf('talk'))['errors'], { timeout: 5000 })
        .toBe('1')
      const items = 130
      const credits = Math.floor(items / 32)
      const sent = 25 * 2 + 1 + items + credits + 1 + 7 + 2
      await expect
        .poll(async () => (await view.factsOf('talk'))['messages']?.split(' ')[0])
        .toBe(String(sent))
      expect(await view.rows()).toContainEqual([
        expect.any(String),
        'talk · app → echo',
        'fail',
        '"It broke."',
        expect.stringContaining('It broke.'),
        expect.stringContaining('ms'),
      ])
    })

    test('exports what was sent', async () => {
      const { app } = await launch(project())
      const view = await LiveView.open(app)
      await view.waitForReports('app', 'echo')
      const file = join(project(), 'messages.json')
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      }, file)
      await talk(app, async ({ call }) => {
        for (let number = 0; number < 300; number++)
          await call.echo([number, `${number}`.repeat(9)])
      })
      await expect.poll(() => view.page.locator('#kept').textContent()).toContain('300 kept')
      expect((await view.rows()).map(([, , , asked]) => asked?.split(',')[0])).toContain('[299')
      await view.page.getByRole('button', { name: 'Export' }).click()
      const read = async (): Promise<{ args: unknown; answer: unknown }[]> =>
        JSON.parse(await readFile(file, 'utf8').catch(() => '[]'))
      await expect.poll(async () => (await read()).length).toBe(300)
      const expected = Array.from({ length: 300 }, (_, number) => [number, `${number}`.repeat(9)])
      expect((await read()).map(({ args }) => args)).toEqual(expected.map((value) => [value]))
      expect((await read()).map(({ answer }) => answer)).toEqual(expected)
    })

    test('shows a process that was killed as lost, then as restarted, with the next generation', async () => {
      const { app } = await launch(project())
      const view = await LiveView.open(app)
      await expect
        .poll(async () => (await view.factsOf('talk'))['contract'])
        .toBe('echo, fail, wait, count, hear')
      const { generation } = await view.factsOf('talk')
      await view.choose(view.node('echo'))
      const before = await view.node('echo').getAttribute('aria-label')
      await view.page.getByRole('button', { name: 'Kill' }).click()
      const events = async (): Promise<unknown[]> =>
        (await view.rows()).map(([, node, text]) => `${node} ${text}`)
      await expect.poll(events).toContainEqual('echo is lost')
      await expect
        .poll(events)
        .toContainEqual(expect.stringMatching(/^echo runs again, process \d+$/))
      await expect.poll(() => view.node('echo').getAttribute('aria-label')).toContain('1× anew')
      expect(await view.node('echo').getAttribute('aria-label')).not.toBe(before)
      await expect
        .poll(async () => (await view.factsOf('talk'))['generation'])
        .toBe(String(Number(generation) + 1))
    })

    test('drops a port on purpose: what waits is lost, and the link has another', async () => {
      const { app } = await launch(project())
      const view = await LiveView.open(app)
      const waiting = talk(app, ({ call }) => call.wait().catch(({ code }) => code))
      const states = async (): Promise<unknown[]> =>
        (await recorded(app, { method: 'wait' })).map(({ state }) => state)
      await expect.poll(states).toEqual(['waiting'])
      const { generation } = await view.factsOf('talk')
      await view.page.getByRole('button', { name: 'Drop' }).click()
      expect(await waiting).toBe('closed')
      await expect.poll(states).toEqual(['lost'])
      await expect
        .poll(async () => (await view.factsOf('talk'))['generation'])
        .toBe(String(Number(generation) + 1))
    })

    test('keeps secrets in their process', async () => {
      const { app } = await launch(project())
      const view = await LiveView.open(app)
      await view.waitForReports('app', 'echo')
      await talk(app, async ({ call }) => {
        await call.echo({
          user: 'anna',
          password: 'hunter2-secret',
          nested: [{ apiKey: 'hunter2-key' }],
        })
        await call.echo('https://example.org/?access_token=hunter2-url')
        await call.fail('Bearer hunter2hunter2').catch(() => {})
      })
      await expect.poll(async () => (await view.rows()).length).toBe(3)
      const heap = await view.page.context().newCDPSession(view.page)
      let snapshot = ''
      heap.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (snapshot += chunk))
      await heap.send('HeapProfiler.takeHeapSnapshot')
      expect(snapshot).toContain('anna')
      expect(snapshot).not.toContain('hunter2')
      expect(JSON.stringify(await recorded(app))).not.toContain('hunter2')
    })

    test('asks by hand what is served, and stops it', async () => {
      const { app } = await launch(project())
      const view = await LiveView.open(app)
      const { page } = view
      await view.choose(view.link('talk'))
      const method = page.getByLabel('Method')
      await expect
        .poll(() =>
          method.evaluate((list: HTMLSelectElement) => [...list.options].map(({ text }) => text)),
        )
        .toEqual(
          ['echo', 'fail', 'wait', 'count', 'hear'].map((name) => `${name} · served by echo`),
        )
      const ask = async (name: string, args: string): Promise<void> => {
        await method.selectOption(`${name} · served by echo`)
        await page.getByLabel('Arguments').fill(args)
        await page.getByRole('button', { name: 'Ask', exact: true }).click()
      }
      const answers = page.getByRole('list', { name: 'Answers' })
      await ask('echo', "{ path: '/tmp', list: [1, 2,], deep: { 'a b': null } }")
      await expect
        .poll(() => answers.textContent())
        .toBe('{path: "/tmp", list: [1, 2], deep: {"a b":null}}')
      await ask('count', '3')
      await expect.poll(() => answers.locator('li').allTextContents()).toEqual(['3', '2', '1'])
      await ask('fail', '"No."')
      await expect.poll(() => answers.textContent()).toBe('No. (ON_PURPOSE)')
      await page.getByLabel('As', { exact: true }).selectOption('call')
      await method.selectOption('wait · served by echo')
      await page.getByLabel('As', { exact: true }).selectOption('call')
      await page.getByLabel('Arguments').fill('')
      await page.getByRole('button', { name: 'Ask', exact: true }).click()
      await page.getByRole('button', { name: 'Stop', exact: true }).click()
      await expect.poll(() => page.locator('.ask [role=status]').textContent()).toBe('Stopped.')
      await ask('echo', 'process.exit()')
      await expect.poll(() => answers.textContent()).toMatch(/"process.exit\(\)", where a value/)
    })

    test('stays as large as it is in a flood, and says what it does not keep', async () => {
      const { app } = await launch(project())
      const view = await LiveView.open(app)
      const flood = (): Promise<void> =>
        talk(app, async ({ call }) => {
          for (let times = 0; times < 60; times++) {
            await Promise.all(Array.from({ length: 1000 }, (_, number) => call.echo({ number })))
          }
        })
      const heap = async (): Promise<number> => {
        const session = await view.page.context().newCDPSession(view.page)
        await session.send('HeapProfiler.collectGarbage')
        const { usedSize } = await session.send('Runtime.getHeapUsage')
        return usedSize
      }
      const kept = (): Promise<string | null> => view.page.locator('#kept').textContent()
      while (!(await kept())?.startsWith('50.0 k kept')) await flood()
      const before = await heap()
      for (let times = 0; times < 3; times++) await flood()
      expect(await heap()).toBeLessThan(before * 1.2)
      expect(await kept()).toMatch(/older ones gone · .* counted only/)
    }, 180_000)

    test('is refused to a packaged app', async () => {
      const { app } = await launch(project(), { env: { ELECTRON_FORCE_IS_PACKAGED: 'true' } })
      const output = readStderr(app)
      expect(await app.evaluate(({ app: electronApp }) => electronApp.isPackaged)).toBe(true)
      await pageOf(app, 'app')
      const entry = await app.evaluate(({ Menu }) =>
        String(Menu.getApplicationMenu()?.getMenuItemById('live-view')?.label),
      )
      expect(entry).toBe('undefined')
      const page = await pageOf(app, 'app')
      await page.reload()
      await expect.poll(output).toContain('There is no link "live-view:app" in src/topology.ts.')
    })
  })

  test('opens beside the app by "npm run dev", and does not keep it alive', async () => {
    const { debuggingPort, exitCode } = await startScript(project(), 'dev', env())
    const nodes = "[...document.querySelectorAll('.node .name')].map((name) => name.textContent)"
    await expectOver(debuggingPort, 'live-view', nodes, ['app', 'echo'])
    await evaluateOver(debuggingPort, 'app', 'void setTimeout(() => close())')
    expect(await exitCode).toBe(0)
  })
})

describeInElectron('A project that is rid of the live view', ({ launch, env }) => {
  const project = useProjectBy(['--topology', 'worker-window'], env)

  test('by its line in the configuration: no build has anything of it, and nothing misses it', async () => {
    await leaveOutLiveView(project())
    await buildForTests(project(), env())
    expect(await filesWithView(project())).toEqual([])
    await runScript(project(), env(), 'typecheck')
  }, 120_000)

  test('by the command, as its README says, passes its checks', async () => {
    const readme = await readFile(join(project(), 'README.md'), 'utf8')
    expect(readme).toContain('`npx create-electron-ports remove live`')
    const { command } = inject('installation')
    // It is in no repository.
    const args = [command, 'remove', 'live', '--force', '--json']
    const output = await runCommand(process.execPath, args, { cwd: project(), timeout: 60_000 })
    await rm(join(project(), JSON.parse(output).backup), { recursive: true })
    for (const script of ['typecheck', 'lint', 'test']) await runScript(project(), env(), script)
  }, 180_000)

  test('runs, and has no entry for it in its menu', async () => {
    await buildForTests(project(), env())
    expect(await filesWithView(project())).toEqual([])
    const { app } = await launch(project())
    await Darkroom.open(app)
    const entry = await app.evaluate(({ Menu }) =>
      String(Menu.getApplicationMenu()?.getMenuItemById('live-view')?.label),
    )
    expect(entry).toBe('undefined')
  })
})
