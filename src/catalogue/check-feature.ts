import * as v from 'valibot'
import { checkShape } from './check-shape.ts'

const featureSchema = v.strictObject({
  title: v.pipe(v.string(), v.regex(/^[A-Z].*$/, 'no line that begins with a capital')),
  summary: v.pipe(v.string(), v.regex(/^[A-Z].*\.$/, 'no sentence on one line')),
  without: v.pipe(v.string(), v.regex(/^no .+$/, 'no words that begin with "no"')),
})

type Content = v.InferOutput<typeof featureSchema>

/** Checks what a `feature.json` holds. Throws an Error that names the first wrong value. */
export function checkFeature(content: unknown, _files: string[], path: string): Content {
  return checkShape(featureSchema, content, path)
}
