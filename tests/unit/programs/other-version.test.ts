import { expect, it } from 'vitest'
import { explainOtherVersion } from '../../../src/programs/other-version.ts'

it.each([
  [
    'a package that is not there',
    'npm error code E404\nnpm error 404 Not Found - GET https://registry.example/x\n',
    'there is no such version',
  ],
  [
    'a version that is not there, in the words of an older npm',
    'npm ERR! code ETARGET\nnpm ERR! notarget No matching version found for x@9.9.9.\n',
    'there is no such version',
  ],
  [
    'a registry that is not there',
    'npm error code ECONNREFUSED\nnpm error syscall connect\nnpm error A complete log is in: /x\n',
    'the registry cannot be reached (ECONNREFUSED)',
  ],
  [
    'no network, as npm was told',
    'npm error code ENOTCACHED\nnpm error request to https://registry.example/x failed\n',
    'the registry cannot be reached (ENOTCACHED)',
  ],
  [
    'anything else of npm',
    'npm error code EACCES\nnpm error Your cache folder contains root-owned files.\nnpm error\n',
    'Your cache folder contains root-owned files',
  ],
  ['what the version says', 'npm warn old\nThe flag --x is unknown.\n', 'The flag --x is unknown'],
  ['nothing', '', 'it does not say why'],
])('tells why another version did not run: %s', (_, stderr, words) => {
  expect(explainOtherVersion(stderr)).toBe(words)
})
