import { readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { isSameContent } from '../disk/same-content.ts'
import { isThere } from '../disk/is-there.ts'
import type { Contents } from '../merge/merge-project.ts'

const ENDINGS = ['json', 'json5', 'yaml', 'yml', 'toml', 'js', 'cjs', 'mjs', 'ts', 'cts', 'mts']

/** Where a project may say how it is formatted, beside its package.json. */
const FILES = [
  '.editorconfig',
  '.prettierrc',
  ...ENDINGS.flatMap((ending) => [`.prettierrc.${ending}`, `prettier.config.${ending}`]),
]

/** True when a project says otherwise than its template how it is formatted. */
export function hasOwnSettings(folder: string, base: Contents): boolean {
  const isOther = (path: string): boolean =>
    !isSameContent(base.get(path), readIf(join(folder, path)))
  return FILES.some(isOther) || settingsIn(readIf(join(folder, 'package.json'))) !== undefined
}

/**
 * Why a file of prettier's settings is not read, as half a sentence; undefined when it only holds settings. They
 * come with a clone: nothing is run that they are or name.
 */
export function findCode(file: string): string | undefined {
  const name = basename(file)
  if (/^\.[cm]?[jt]s$/.test(extname(file)))
    return `"${name}" is code, and that of a project is not run`
  const isPlain = name === 'package.json' ? isObject(settingsIn(readIf(file))) : isMap(file)
  return isPlain
    ? undefined
    : `"${name}" names settings that are code, and that of a project is not run`
}

/** A text that begins like an object or a table is not the name of a module. */
function isMap(file: string): boolean {
  if (extname(file) === '.toml') return true
  const lines = readFileSync(file, 'utf8').split('\n')
  const first = lines.find((line) => !/^\s*(#.*|\/\/.*|---\s*)?$/.test(line)) ?? '{'
  return /^\s*(\{|["']?[\w$]+["']?:(\s|$))/.test(first)
}

function settingsIn(manifest: Buffer | undefined): unknown {
  try {
    return JSON.parse(String(manifest))?.prettier
  } catch {
    return undefined
  }
}

function isObject(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null)
}

function readIf(file: string): Buffer | undefined {
  return isThere(file) ? readFileSync(file) : undefined
}
