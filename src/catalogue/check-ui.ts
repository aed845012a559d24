import * as v from 'valibot'
import { checkShape } from './check-shape.ts'

/** How a plugin of Vite is imported and called, as code. */
const plugin = v.strictObject({
  import: v.pipe(v.string(), v.regex(/^import .+ from '.+'$/, 'no import')),
  call: v.pipe(v.string(), v.regex(/^\w+\(.*\)$/, 'no call')),
})

const uiSchema = v.strictObject({
  title: v.pipe(v.string(), v.regex(/^[A-Z].*$/, 'no line that begins with a capital')),
  plugin,
  /** What unit tests need of Vite beside that. */
  testPlugin: v.exactOptional(plugin),
  /** How TypeScript reads its files, beside `.ts`. */
  compilerOptions: v.record(v.string(), v.string()),
  /** Its own rules of oxlint, beside those of every project. */
  lint: v.exactOptional(
    v.strictObject({
      plugins: v.array(v.string()),
      rules: v.record(v.string(), v.picklist(['off', 'error'])),
    }),
  ),
  /** Of Prettier, for its files. */
  formatPlugins: v.array(v.string()),
})

type Content = v.InferOutput<typeof uiSchema>

/** Checks what a `ui.json` holds. Throws an Error that names the first wrong value. */
export function checkUi(content: unknown, _files: string[], path: string): Content {
  return checkShape(uiSchema, content, path)
}
