import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { countListeners, expectListenersAsBefore, readStderr } from './measure.ts'
import { SIGNAL, askRaw } from './raw-channel.ts'
import { floodRaw, joinRaw, readRaw } from './raw-member.ts'
import { ask, askMain, loadBarePage } from './raw-ports.ts'
import { Room } from './room.ts'
import { useProject } from './use-project.ts'

/** How often something is done to the windows at random: `HUB_STEPS=1000 npx vitest run tests/e2e/hub.test.ts`. */
const STEPS = Number(process.env['HUB_STEPS'] ?? 20)

const TEN = 'Ada,Grace,Alan,Edsger,Barbara,Donald,Frances,Tony,Guest 1,Guest 2'.split(',')
const THREE = TEN.slice(0, 3)

/** Words that are found again: each of them is in a text once, or something was lost or came twice. */
function countWords(text: string, words: string[]): number[] {
  return words.map((word) => text.split(word).length - 1)
}

describeInElectron('The hub', ({ launch, env }) => {
  const project = useProject(['hub'], env)
  const open = async (...authors: string[]): Promise<Room> => {
    const room = await Room.open((await launch(project())).app)
    for (const author of authors) await room.openWindow(author)
    return room
  }

  test('has what three windows write at once in one text, and gives it to one that comes late', async () => {
    const room = await open(...THREE)
    const words = THREE.flatMap((author) =>
      Array.from({ length: 20 }, (_, nth) => `<${author} ${nth}>`),
    )
    await Promise.all(
      THREE.map(async (author) => {
        for (let nth = 0; nth < 20; nth++) await room.write(author, `<${author} ${nth}>`)
      }),
    )
    const late = await room.openWindow('Edsger')
    const text = await room.waitForOneText([...THREE, 'Edsger'], (each) =>
      countWords(each, words).every((count) => count === 1),
    )
    expect(text).toContain('Minutes')
    // All are in the list of each, and their carets where they have written.
    await expect
      .poll(() => late.locator('#people li').allTextContents())
      .toEqual([...THREE, 'Edsger'])
    await expect
      .poll(async () => (await late.locator('.caret').allTextContents()).toSorted())
      .toEqual(THREE.toSorted())
    await expect.poll(() => room.page.locator('.hub .text').textContent()).toContain('<Ada 19>')
  })

  test('knows what an author can undo when the window was closed, reloaded or has crashed', async () => {
    const room = await open('Ada', 'Grace')
    const before = await room.waitForOneText(['Ada', 'Grace'])
    await room.write('Ada', '[one]')
    await room.waitForOneText(['Ada', 'Grace'], (text) => text.endsWith('[one]'))
    await room.write('Grace', '[Grace]')
    const all = await room.waitForOneText(['Ada', 'Grace'], (text) => text.endsWith('[Grace]'))
    const undoIn = async (): Promise<void> => {
      await room.waitForOneText(['Ada', 'Grace'])
      await room.click('Ada', 'undo')
      await room.waitForOneText(['Ada', 'Grace'], (text) => text === `${before}[Grace]`)
      await room.click('Ada', 'redo')
      await room.waitForOneText(['Ada', 'Grace'], (text) => text === all)
    }
    await room.do('Ada', 'reload')
    await undoIn()
    await room.close('Ada')
    await expect.poll(() => room.row('Ada').textContent()).toContain('can be undone')
    await room.openAgain('Ada')
    await undoIn()
    await room.do('Ada', 'crash')
    await undoIn()
  })

  test('loses no word and has none twice when windows crash and reload, and the hub dies, in mid-edit', async () => {
    const room = await open(...THREE)
    const words = Array.from({ length: 60 }, (_, nth) => `<Alan ${nth}>`)
    for (const [nth, word] of words.entries()) {
      await room.write('Alan', word)
      await room.write('Ada', '.')
      if (nth === 10) await room.do('Ada', 'crash')
      if (nth === 20) await room.do('Grace', 'reload')
      if (nth % 20 === 15) await room.killHub()
    }
    const text = await room.waitForOneText(THREE, (each) => each.includes(words.at(-1) ?? ''))
    expect(new Set(countWords(text, words))).toEqual(new Set([1]))
  }, 90_000)

  test('does not wait for a window that reads nothing', async () => {
    const room = await open(...THREE)
    const slow = await room.windowOf('Alan')
    await loadBarePage(room.app, slow, 'document')
    expect(await ask(slow, 'open', 'docs')).toMatchObject({ type: 'ports:grant' })
    await joinRaw(slow)
    // More than its credit, and more than the log remembers.
    await room.write('Ada', '<one>', 1500)
    const text = await room.waitForOneText(
      ['Ada', 'Grace'],
      (each) => each.split('<one>').length === 1501,
    )
    expect(await readRaw(slow, 0)).toHaveLength(1)
    await expect
      .poll(async () => (await readRaw(slow, 10)).findLast(({ kind }) => kind === 'state')?.text)
      .toBe(text)
    expect((await readRaw(slow, 0)).length).toBeLessThan(30)
  }, 90_000)

  test('believes no window that it is another, and is not disturbed by one gone wild', async () => {
    const room = await open(...THREE)
    const said = readStderr(room.app)
    const before = await room.waitForOneText(['Ada', 'Grace'])
    const hostile = await room.windowOf('Alan')
    await loadBarePage(room.app, hostile, 'document')

    // Another's end, another's list, another's key: main gives none of them.
    expect(await askMain(hostile, { link: 'held', to: 'Ada' })).toMatchObject({ code: 'refused' })
    expect(await askMain(hostile, { link: 'overview' })).toMatchObject({ code: 'refused' })
    const members = { link: 'ports:members:document' }
    expect(await askMain(hostile, members)).toMatchObject({ code: 'refused' })
    const key = await askMain(hostile, { link: 'ports:own-key', to: 'Ada' })
    expect(key).toMatchObject({ type: 'ports:grant', peer: { node: 'document', key: 'Alan' } })

    // Over its own port its word does not change who it is.
    expect(await ask(hostile, 'open', 'docs')).toMatchObject({ type: 'ports:grant' })
    const outOfTurn = ['error', { fields: { code: 'OUT_OF_TURN' } }]
    expect(await askRaw(hostile, ['call', 'undo'])).toMatchObject(outOfTurn)
    await joinRaw(hostile)
    await expect.poll(() => readRaw(hostile, 0)).toHaveLength(1)
    const [state] = await readRaw(hostile, 0)
    const batch = { revision: state?.revision, first: 1, changes: [['forged ']] }
    const forged = { ...batch, author: 'Ada', key: 'Ada', count: 7 }
    expect(await askRaw(hostile, ['call', 'edit', forged, 'Ada'])).toEqual(['result', undefined])
    await room.waitForOneText(['Ada', 'Grace'], (text) => text === `forged ${before}`)
    await expect.poll(() => room.row('Alan').textContent()).toContain('1 edit ')
    expect(await room.row('Ada').textContent()).toContain('0 edits')
    await room.click('Ada', 'undo')

    // What makes no sense is refused, and so is too much of it; the log says so once.
    for (const wrong of [null, 'edit', {}, { ...batch, revision: -1 }, { ...batch, first: 9 }]) {
      expect(await askRaw(hostile, ['call', 'edit', wrong])).toMatchObject(['error', {}])
    }
    const again = ['stream', 'join', 1, undefined]
    expect(await askRaw(hostile, again, { 0: SIGNAL })).toMatchObject(outOfTurn)
    await floodRaw(hostile, 3000)
    await room.write('Ada', 'undisturbed')
    const text = `forged ${before}undisturbed`
    await room.waitForOneText(['Ada', 'Grace'], (each) => each === text)
    expect(said().match(/The hub refused "Alan"/g)).toHaveLength(1)
    const grace = await room.windowOf('Grace')
    const people = await grace.locator('#people li').allTextContents()
    expect(people.toSorted()).toEqual(THREE.toSorted())
  })

  test('has one text and nothing left over when ten windows come, go, crash and reload at random', async () => {
    const room = await open()
    const before = await countListeners(room.app, room.page)
    for (const author of TEN) await room.openWindow(author)
    let seed = 7
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let step = 0; step < STEPS; step++) {
      const author = TEN[random(TEN.length)] as string
      const action = random(6)
      if (action === 0) await room.show(author)
      else if (action === 1) await room.do(author, 'close')
      else if (action === 2) await room.do(author, 'crash')
      else if (action === 3) await room.do(author, 'reload')
      else if (action === 4) await room.click(author, 'undo')
      else await room.write(author, `<${step}>`)
    }
    for (const author of TEN) await room.show(author)
    await room.waitForOneText(TEN)
    await room.write('Ada', '<the end>')
    await room.waitForOneText(TEN, (text) => text.includes('<the end>'))
    for (const author of TEN) await room.do(author, 'close')
    // Each author has a row with three buttons.
    await expectListenersAsBefore(room.app, room.page, before, 3 * TEN.length + 8)
  }, 900_000)
})
