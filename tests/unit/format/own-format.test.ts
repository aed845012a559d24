import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type OwnFormat, findOwnFormat, inOwnFormat } from '../../../src/format/own-format.ts'
import { makeFolder } from '../../folders.ts'
import { installPrettier } from '../../install-prettier.ts'

/** What the template says. */
const SETTINGS = '{ "semi": false }\n'
const BASE = new Map([['.prettierrc.json', Buffer.from(SETTINGS)]])

/** What tells that it was run, by a file beside it. */
const TRAP =
  "import { writeFileSync } from 'node:fs'\nwriteFileSync('run', '')\nexport default { semi: true }\n"

/** A project in a repository, with prettier installed, where every trap writes into it. */
function makeProject(files: Record<string, string>): string {
  const folder = makeFolder({ '.gitignore': 'node_modules\n', 'package.json': '{}', ...files })
  execFileSync('git', ['init', '--quiet'], { cwd: folder })
  installPrettier(folder)
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(join(folder, path), text.replace("'run'", JSON.stringify(join(folder, 'run'))))
  }
  return folder
}

async function formatIn(folder: string, path: string, text: string): Promise<string | undefined> {
  const { format, obstacle } = await findOwnFormat(folder, BASE)
  return format ? String(await format(path, Buffer.from(text))) : obstacle
}

describe('the settings of a project', () => {
  it.each<[string, Record<string, string>]>([
    ['.prettierrc.json', { '.prettierrc.json': '{ "useTabs": true, "semi": true }' }],
    ['.prettierrc as YAML', { '.prettierrc': '# ours\nuseTabs: true\n' }],
    ['.prettierrc as JSON', { '.prettierrc': '{ "useTabs": true }' }],
    ['.prettierrc.toml', { '.prettierrc.toml': 'useTabs = true\n' }],
    ['package.json', { 'package.json': '{ "prettier": { "useTabs": true } }' }],
    ['.editorconfig', { '.editorconfig': '[*]\nindent_style = tab\n' }],
    [
      'a part of them',
      {
        '.prettierrc': 'overrides:\n  - files: "*.ts"\n    options:\n      useTabs: true\n',
      },
    ],
  ])('are followed in %s', async (_, files) => {
    const folder = makeProject(files)
    expect(await formatIn(folder, 'a.ts', 'if (a) {\n  b()\n}\n')).toBe('if (a) {\n\tb();\n}\n')
  })

  it('are not looked for when they are those of the template', async () => {
    const folder = makeProject({ '.prettierrc.json': SETTINGS })
    expect(await findOwnFormat(folder, BASE)).toEqual({})
  })

  it('leave alone what they ignore, what is no text, and what cannot be read', async () => {
    const folder = makeProject({ '.prettierrc': 'semi: true\n', '.prettierignore': 'kept.ts\n' })
    for (const [path, text] of [
      ['kept.ts', 'a()'],
      ['a.png', '\0a()'],
      ['a.txt', 'a()'],
      ['a.ts', 'a('],
    ] as const) {
      expect(await formatIn(folder, path, text)).toBe(text)
    }
  })
})

describe('nothing of a project is run', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['settings that are code', { 'prettier.config.mjs': TRAP }, /^"prettier.config.mjs" is code/],
    [
      'settings that name code',
      { '.prettierrc': './trap.mjs', 'trap.mjs': TRAP },
      /^".prettierrc" names settings that are code/,
    ],
    [
      'settings that name code, in package.json',
      { 'package.json': '{ "prettier": "./trap.mjs" }', 'trap.mjs': TRAP },
      /^"package.json" names settings that are code/,
    ],
    ['plugins', { '.prettierrc': 'plugins: ["./trap.mjs"]\n', 'trap.mjs': TRAP }, /^a\(\);\n$/],
    [
      'settings of a folder',
      { '.prettierrc': 'semi: true\n', 'src/prettier.config.mjs': TRAP },
      /^a\(\);\n$/,
    ],
  ])('of %s', async (_, files, outcome) => {
    const folder = makeProject(files)
    expect(await formatIn(folder, 'src/a.ts', 'a()\n')).toMatch(outcome)
    expect(existsSync(join(folder, 'run'))).toBe(false)
  })

  it('of a prettier that came with it, in a repository or none', async () => {
    const folder = makeProject({ '.prettierrc': 'semi: true\n' })
    writeFileSync(
      join(folder, 'node_modules/prettier/index.mjs'),
      TRAP.replace("'run'", JSON.stringify(join(folder, 'run'))),
    )
    execFileSync('git', ['add', '--all', '--force'], { cwd: folder })
    expect(await formatIn(folder, 'a.ts', 'a()')).toMatch(
      /came with the repository, and is not run$/,
    )
    rmSync(join(folder, '.git'), { recursive: true })
    expect(await formatIn(folder, 'a.ts', 'a()')).toMatch(/^".*" is in no git repository/)
    expect(existsSync(join(folder, 'run'))).toBe(false)
  })

  it('where there is none', async () => {
    const folder = makeProject({ '.prettierrc': 'semi: true\n' })
    rmSync(join(folder, 'node_modules'), { recursive: true })
    expect(await formatIn(folder, 'a.ts', 'a()')).toBe('prettier is not in its node_modules')
  })
})

describe('the sides of a merge', () => {
  const format: NonNullable<OwnFormat['format']> = async (_, content) =>
    Buffer.from(String(content).replaceAll(/(?<=\w)$/gm, ';'))

  async function change(ours: string | undefined): Promise<[string, string]> {
    const sides = await inOwnFormat(
      [new Map([['f', Buffer.from('a\nb\nc')]]), new Map([['f', Buffer.from('a\nb\nC')]])],
      () => (ours === undefined ? undefined : Buffer.from(ours)),
      format,
    )
    return sides.map((side) => String(side.get('f'))) as [string, string]
  }

  it('are formatted where the user has formatted a file, and changed it beside, or moved it', async () => {
    for (const ours of ['a;\nb;\nc;', 'mine;\nb;\nc;', undefined]) {
      expect(await change(ours)).toEqual(['a;\nb;\nc;', 'a;\nb;\nC;'])
    }
  })

  it('stay as they are where the user has not', async () => {
    for (const ours of ['a\nb\nc', 'mine\nb\nc']) {
      expect(await change(ours)).toEqual(['a\nb\nc', 'a\nb\nC'])
    }
  })

  it('are not formatted where they are the same', async () => {
    const same = new Map([['f', Buffer.from('a')]])
    const never = () => Promise.reject(new Error('formatted'))
    expect(await inOwnFormat([same, new Map(same)], () => undefined, never)).toEqual([same, same])
  })
})
