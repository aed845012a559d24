import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { fetchFile } from './fetch-file'
import { rangeOf } from './range'

/** What every page is made of. Chromium knows many more types, and takes longer for it: a start waits for each such file. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * Answers a request with a file, or with the part of it that is asked for: a video is sought by such parts.
 *
 * @throws when there is no such file.
 */
export async function answerWith(file: string, request: Request): Promise<Response> {
  const type = TYPES[extname(file)]
  const isWhole = request.method === 'GET' && !request.headers.has('range')
  return type && isWhole ? answerAtOnce(file, type) : answerInParts(file, request)
}

async function answerAtOnce(file: string, type: string): Promise<Response> {
  const content = await readFile(file)
  const headers = {
    'Accept-Ranges': 'bytes',
    'Content-Length': String(content.byteLength),
    'Content-Type': type,
  }
  return new Response(content, { headers })
}

async function answerInParts(file: string, request: Request): Promise<Response> {
  const size = await sizeOf(file)
  const range = rangeOf(request.headers.get('range'), size)
  if (range === 'none') {
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${size}` } })
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  // Chromium reads that part alone. It knows the type of a file by its name.
  const { body, headers: found } = await fetchFile(file, {
    method: request.method,
    ...(range && { headers: { Range: `bytes=${start}-${end}` } }),
  })
  const headers = new Headers(found)
  headers.set('Accept-Ranges', 'bytes')
  headers.set('Content-Length', String(end - start + 1))
  if (range) headers.set('Content-Range', `bytes ${start}-${end}/${size}`)
  return new Response(body, { status: range ? 206 : 200, headers })
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file)
  if (found.isFile()) return found.size
  throw new Error(`"${file}" is no file.`)
}
