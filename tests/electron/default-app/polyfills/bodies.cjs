/** Bodies in Electron 22's form (Node streams and parts of an upload) and in the Web's. */
const fs = require('node:fs')
const { Readable } = require('node:stream')

/**
 * A web stream as a Node stream: an error of the first fails the second, and destroying the second
 * cancels the first at once. (`Readable.fromWeb` came with Node 17.)
 */
function toNodeStream(webStream) {
  const reader = webStream.getReader()
  return new Readable({
    async read() {
      try {
        const { done, value } = await reader.read()
        this.push(done ? null : Buffer.from(value))
      } catch (error) {
        this.destroy(error)
      }
    },
    destroy(reason, done) {
      reader.cancel(reason).catch(() => {})
      done(reason)
    },
  })
}

/** Chunks of an async iterable as a web stream, taken one by one. */
function toWebStream(chunks) {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

/** The parts of an upload, as Electron 22 gives them to the handler of a scheme, one after the other. */
async function* readUpload(parts, session) {
  for (const { bytes, file, blobUUID } of parts) {
    if (bytes) yield bytes
    else if (file) yield* fs.createReadStream(file)
    else if (blobUUID) yield await session.getBlobData(blobUUID)
  }
}

module.exports = { readUpload, toNodeStream, toWebStream }
