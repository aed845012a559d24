#!/usr/bin/env node
// Stands for fpm, which electron-builder fetches from a host that not every machine reaches: of what it is told it makes a
// .deb by dpkg-deb. What fpm itself does is not tested, but what it is given is.
const { execFileSync } = require('node:child_process')
const { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { dirname, join } = require('node:path')

const words = process.argv.slice(2)
const valuesOf = (flag) => words.flatMap((word, at) => (word === flag ? [words[at + 1]] : []))
const valueOf = (flag) => {
  const [value] = valuesOf(flag)
  if (value === undefined) throw new Error(`There is no ${flag}.`)
  return value
}

const root = mkdtempSync(join(tmpdir(), 'create-electron-ports-fpm-'))
try {
  for (const [from, to] of words
    .filter((word) => /^\/.+=\//.test(word))
    .map((word) => word.split('='))) {
    mkdirSync(dirname(join(root, to)), { recursive: true })
    execFileSync('cp', ['--archive', '--link', from.replace(/\/$/, ''), join(root, to)])
  }
  mkdirSync(join(root, 'DEBIAN'))
  const description = valueOf('--description')
    .trim()
    .split('\n')
    .map((line) => line.trim())
  const control = {
    Package: valueOf('--name'),
    Version: valueOf('--version'),
    Architecture: valueOf('--architecture'),
    Maintainer: valueOf('--maintainer'),
    Homepage: valueOf('--url'),
    Priority: valueOf('--deb-priority'),
    Depends: valuesOf('-d').join(', '),
    Recommends: valuesOf('--deb-recommends').join(', '),
    Description: description.join(' '),
  }
  const lines = Object.entries(control).map(([name, value]) => `${name}: ${value}\n`)
  writeFileSync(join(root, 'DEBIAN/control'), lines.join(''))
  copyFileSync(valueOf('--after-install'), join(root, 'DEBIAN/postinst'))
  execFileSync('chmod', ['755', join(root, 'DEBIAN/postinst')])
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', root, valueOf('--package')])
} finally {
  rmSync(root, { recursive: true })
}
