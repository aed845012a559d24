import { expect, it } from 'vitest'
import config from '../../electron-builder.config'

it('the fuses are set: nobody makes a Node of the app, or gives it other code', () => {
  expect(config.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
  expect(config.asar).toBe(true)
})

it('an AppImage leaves the sandbox on', () => {
  expect(config.appImage?.executableArgs).toEqual([])
})

it('nothing goes into the package but what was built', () => {
  const files = config.files as string[]
  expect(files.filter((pattern) => !pattern.startsWith('!'))).toEqual(['out'])
})
