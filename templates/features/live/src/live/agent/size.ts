/** How many parts of a message are looked at: a larger one is about as large as these. */
const MOST_PARTS = 200

/** About how many bytes a message takes. */
export function sizeOf(message: readonly unknown[]): number {
  let bytes = 0
  let objects: object[] | undefined
  for (const field of message) {
    if (typeof field === 'string') bytes += field.length
    else if (typeof field === 'object' && field !== null) (objects ??= []).push(field)
    else bytes += 8
  }
  return objects ? bytes + sizeOfAll(objects) : bytes
}

/** @param objects  Their parts are added on the way. */
function sizeOfAll(objects: object[]): number {
  let bytes = 0
  let seen = 0
  for (const object of objects) {
    const { byteLength } = object as { byteLength?: unknown }
    if (typeof byteLength === 'number') {
      bytes += byteLength
      continue
    }
    for (const part of Object.values(object)) {
      if ((seen += 1) > MOST_PARTS) return bytes
      if (typeof part === 'string') bytes += part.length
      else if (typeof part === 'object' && part !== null) objects.push(part)
      else bytes += 8
    }
  }
  return bytes
}
