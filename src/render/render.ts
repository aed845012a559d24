import { readFileSync } from 'node:fs'
import ejs from 'ejs'
import { DESCRIPTION_FILES } from '../catalogue/topologies.ts'
import { listFiles } from '../disk/list-files.ts'
import { messageOf } from '../errors.ts'
import { arrangePackageJson, mergeJson, type Json, type JsonObject } from './merge-json.ts'
import type { Project } from './plan.ts'

/** A file of the project before it is on the disk, with the layer it comes from. */
export interface ProjectFile {
  content: Buffer
  from: string
  how: 'copied' | 'rendered' | 'merged'
}

/** Files by path, relative to the project and with forward slashes. */
export type ProjectFiles = Map<string, ProjectFile>

/** JSON files to which several layers may add. */
const MERGED_FILES: ReadonlySet<string> = new Set(['package.json'])

/**
 * Renders the base and the chosen topologies, one layer over the other, in memory.
 *
 *   file.ejs   → file     rendered with the project as its variables
 *   _file      → .file    because npm pack drops or renames some dot files
 *   package.json          merged over all layers
 *   anything else         copied byte for byte
 *
 * Throws when two layers write the same file or a template fails: mistakes in the templates.
 */
export function renderProject(project: Project, templates: string): ProjectFiles {
  const files: ProjectFiles = new Map()
  for (const { layer, sources } of listLayers(project, templates)) {
    for (const source of sources) {
      addFile(files, toProjectPath(source), renderFile(templates, layer, source, project))
    }
  }
  finishPackageJson(files, project.name)
  return files
}

/** A folder of the templates, and its files that go into the project. */
interface Layer {
  layer: string
  sources: string[]
}

function listLayers({ topologies }: Project, templates: string): Layer[] {
  const base = { layer: 'base', sources: listFiles(`${templates}/base`) }
  const additions = topologies.map(({ name, files }) => ({
    layer: `topologies/${name}`,
    sources: files.filter((file) => !DESCRIPTION_FILES.has(file)),
  }))
  return [base, ...additions]
}

function toProjectPath(source: string): string {
  const segments = source.replace(/\.ejs$/, '').split('/')
  return segments.map((segment) => segment.replace(/^_(?!_)/, '.')).join('/')
}

function renderFile(
  templates: string,
  layer: string,
  source: string,
  project: Project,
): ProjectFile {
  const content = readFileSync(`${templates}/${layer}/${source}`)
  if (!source.endsWith('.ejs')) return { content, from: layer, how: 'copied' }
  const text = renderTemplate(content.toString('utf8'), `${layer}/${source}`, project)
  return { content: Buffer.from(text), from: layer, how: 'rendered' }
}

function renderTemplate(text: string, filename: string, project: Project): string {
  const variables = { ...project, inCamelCase }
  // Strict: a template sees these variables and nothing else. Code is not HTML, so no escaping.
  const options = {
    filename,
    strict: true,
    destructuredLocals: Object.keys(variables),
    escape: String,
  }
  try {
    return ejs.render(text, variables, { ...options, compileDebug: false })
  } catch {
    // Slower, but it keeps track of the line, and names it.
    return ejs.render(text, variables, options)
  }
}

/** Makes `worker-window` a name in code. */
function inCamelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function addFile(files: ProjectFiles, path: string, file: ProjectFile): void {
  const known = files.get(path)
  if (MERGED_FILES.has(path)) {
    files.set(path, known ? mergeFiles(path, known, file) : { ...file, how: 'merged' })
  } else if (known) {
    throw new Error(`Layers "${known.from}" and "${file.from}" both write "${path}".`)
  } else {
    files.set(path, file)
  }
}

function mergeFiles(path: string, known: ProjectFile, file: ProjectFile): ProjectFile {
  const from = `${known.from} + ${file.from}`
  try {
    const merged = mergeJson(parseJson(known.content), parseJson(file.content))
    return { content: toJsonFile(merged), from, how: 'merged' }
  } catch (error) {
    throw new Error(`Cannot merge "${path}" of ${from}: ${messageOf(error)}`, { cause: error })
  }
}

function finishPackageJson(files: ProjectFiles, name: string): void {
  const file = files.get('package.json')
  if (!file) throw new Error('The templates hold no "package.json".')
  const manifest = parseJson(file.content) as JsonObject
  file.content = toJsonFile(arrangePackageJson(manifest, name))
}

function parseJson(content: Buffer): Json {
  return JSON.parse(content.toString('utf8'))
}

function toJsonFile(value: Json): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
