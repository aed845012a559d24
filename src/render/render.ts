import { readFileSync } from 'node:fs'
import type { Templates } from '../catalogue/templates.ts'
import { CHOICES_FILE, formatChoices, toChoicesFile } from '../choices-file/choices-file.ts'
import { messageOf } from '../errors.ts'
import { type Layer, listLayers } from './layers.ts'
import { arrangePackageJson, mergeJson, type Json, type JsonObject } from './merge-json.ts'
import type { Project } from './plan.ts'
import { type Names, toVariables } from './variables.ts'

/** A file of the project before it is on the disk, with the layer it comes from. */
export interface ProjectFile {
  content: Buffer
  from: string
  how: 'copied' | 'rendered' | 'merged' | 'recorded'
}

/** Files by path, relative to the project and with forward slashes. */
export type ProjectFiles = Map<string, ProjectFile>

/** JSON files to which several layers may add. */
const MERGED_FILES: ReadonlySet<string> = new Set(['package.json'])

/**
 * Renders the layers of a project, one over the other, in memory.
 *
 *   file.ejs   → file     rendered with the project as its variables
 *   _file      → .file    because npm pack drops or renames some dot files
 *   [link].ts  → jobs.ts  in a layer that is there once for each link, or node
 *   package.json          merged over all layers
 *   anything else         copied byte for byte
 *
 * Throws when two layers write the same file or a template fails: mistakes in the templates.
 */
export function renderProject(project: Project, templates: Templates): ProjectFiles {
  const files: ProjectFiles = new Map()
  for (const layer of listLayers(project, templates)) {
    for (const source of layer.sources) {
      addFile(
        files,
        toProjectPath(source, layer.names),
        renderFile(templates, layer, source, project),
      )
    }
  }
  finishPackageJson(files, project.name)
  files.set(CHOICES_FILE, newChoicesFile(project))
  return files
}

/** The project says what it is of: what adds to it and updates it goes by that. */
function newChoicesFile({ name, version, app, usesYarn }: Project): ProjectFile {
  const text = formatChoices(toChoicesFile(name, app, version, usesYarn))
  return { content: Buffer.from(text), from: 'the choices', how: 'recorded' }
}

function toProjectPath(source: string, names: Names = {}): string {
  const segments = source.replace(/\.ejs$/, '').split('/')
  return segments
    .map((segment) => segment.replace(/^_(?!_)/, '.'))
    .join('/')
    .replaceAll(/\[(\w+)\]/g, (_, name: keyof Names) => names[name] ?? '')
}

function renderFile(
  templates: Templates,
  { folder, names }: Layer,
  source: string,
  project: Project,
): ProjectFile {
  const file = `${folder}/${source}`
  if (!source.endsWith('.ejs')) {
    return { content: readFileSync(`${templates.folder}/${file}`), from: folder, how: 'copied' }
  }
  const text = templates.render(file, toVariables(project, names))
  return { content: Buffer.from(text), from: folder, how: 'rendered' }
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
    // The tools of a framework know which compiler they are for.
    const wins = file.from.startsWith('ui/')
    const merged = mergeJson(parseJson(known.content), parseJson(file.content), wins)
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
