import * as v from 'valibot'

/**
 * Checks what a file of the templates holds. It is ours, so that is done where the bundle is built, and in no run.
 *
 * @param path  How the message calls the file.
 * Throws an Error that names the first wrong value.
 */
export function checkShape<Schema extends v.GenericSchema>(
  schema: Schema,
  content: unknown,
  path: string,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, content)
  if (success) return output
  throw new Error(`"${path}": "${v.getDotPath(issues[0])}": ${issues[0].message}.`)
}
