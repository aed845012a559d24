import { pathToFileURL } from 'node:url'
import { net } from 'electron'

/**
 * Reads a file as `fetch` does: part by part, as its reader comes along, and with the type that its name tells.
 *
 * Electron (seen in 33) holds the file open for ever whose reader has left, as that of a video does that is
 * sought: so its reading is ended here.
 *
 * @throws when there is no such file.
 */
export async function fetchFile(file: string, init: RequestInit = {}): Promise<Response> {
  const reading = new AbortController()
  const { signal } = reading
  const { body, status, headers } = await net.fetch(pathToFileURL(file).href, { ...init, signal })
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  body?.pipeTo(writable).catch(() => reading.abort())
  return new Response(body && readable, { status, headers })
}
