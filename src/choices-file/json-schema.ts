import { toJsonSchema } from '@valibot/to-json-schema'
import { choicesSchema } from './schema.ts'

/** The JSON Schema of `electron-ports.json`. */
export function describeSchema(): object {
  return { title: 'The choices of an electron-ports project', ...toJsonSchema(choicesSchema) }
}
