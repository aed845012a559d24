import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'

const fixture = join(import.meta.dirname, 'fixture-app')

const globalNames = `
  fetch FormData Headers Request Response
  ReadableStream WritableStream TransformStream TextDecoderStream
  AbortController Blob BroadcastChannel CustomEvent DOMException MessageChannel
  crypto structuredClone
`

describeInElectron('The main process', ({ launch }) => {
  test('has the globals of the Web', async () => {
    const { app } = await launch(fixture)

    const missing = await app.evaluate(
      (_, names) => names.filter((name) => !(name in globalThis)),
      globalNames.trim().split(/\s+/),
    )

    expect(missing).toEqual([])
  })

  test('clones and transfers', async () => {
    const { app } = await launch(fixture)

    const seen = await app.evaluate(() => {
      const original = { map: new Map([[1, { two: 2 }]]), bytes: new ArrayBuffer(8) }
      const clone = structuredClone(original, { transfer: [original.bytes] })
      return [clone.map.get(1), clone.map === original.map, clone.bytes.byteLength]
    })

    expect(seen).toEqual([{ two: 2 }, false, 8])
  })

  test('does not clone a function', async () => {
    const { app } = await launch(fixture)

    const name = await app.evaluate(() => {
      try {
        return structuredClone(() => 'a clone')()
      } catch (error) {
        return error instanceof DOMException && error.name
      }
    })

    expect(name).toBe('DataCloneError')
  })

  test('combines abort signals', async () => {
    const { app } = await launch(fixture)

    const seen = await app.evaluate(() => {
      const [first, second] = [new AbortController(), new AbortController()]
      const combined = AbortSignal.any([first.signal, second.signal])
      const wasAborted = combined.aborted
      second.abort('because')
      const late = AbortSignal.any([first.signal, AbortSignal.abort('earlier')])
      return [wasAborted, String(combined.reason), String(late.reason), first.signal.aborted]
    })

    expect(seen).toEqual([false, 'because', 'earlier', false])
  })

  test('has random values and digests', async () => {
    const { app } = await launch(fixture)

    const lengths = await app.evaluate(async () => {
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(1))
      return [crypto.randomUUID().length, digest.byteLength]
    })

    expect(lengths).toEqual([36, 32])
  })
})
