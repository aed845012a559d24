import { type Plugin, type RolldownOptions, rolldown } from 'rolldown'

/**
 * Libraries that few runs need are in the bundle as text, of which V8 makes code when they are imported: as code
 * each run would pay for them, about 1 ms for 25 kB.
 *
 * @param libraries  Their main files, by the name by which they are imported. They are CommonJS.
 * @param options    How each is bundled.
 */
export function asText(libraries: Record<string, string>, options: RolldownOptions): Plugin {
  const prefix = '\0as-text:'
  return {
    name: 'as-text',
    resolveId(source) {
      return Object.hasOwn(libraries, source) ? `${prefix}${source}` : undefined
    },
    async load(id) {
      const name = id.startsWith(prefix) ? id.slice(prefix.length) : ''
      const input = libraries[name]
      if (input === undefined) return undefined
      const bundle = await rolldown({ ...options, input })
      const { output } = await bundle.generate({ format: 'cjs', minify: true })
      return [
        // An import would be loaded by each run.
        `const { createRequire } = process.getBuiltinModule('node:module')`,
        `const { compileFunction } = process.getBuiltinModule('node:vm')`,
        `const module = { exports: {} }`,
        `const run = compileFunction(${JSON.stringify(output[0].code)}, ['module', 'require'], { filename: '${name}' })`,
        `run(module, createRequire(import.meta.url))`,
        `export default module.exports`,
      ].join('\n')
    },
  }
}
