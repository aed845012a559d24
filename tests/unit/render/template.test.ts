import { expect, it } from 'vitest'
import { renderTemplate } from '../../../src/render/template.ts'

const render = (text: string, variables: Record<string, unknown> = {}): string =>
  renderTemplate(text, 'a.ts.ejs', variables)

it.each([
  ['<%- name %>!', 'echo!'],
  ['<%= name %>', 'echo'],
  ['<%- "<&>" %>', '<&>'],
  ['a\n<% if (true) { -%>\nb\n<% } -%>\nc\n', 'a\nb\nc\n'],
  ['a <% if (true) { %>b<% } %>\n', 'a b\n'],
  ['<%- none %>|<%- null %>|<%- 0 %>', '||0'],
  [
    '<% for (const [key, value] of Object.entries({ a: 1 })) { %><%- key %><%- value %><% } %>',
    'a1',
  ],
  ['<% // a remark %><%- name %>', 'echo'],
  ['`${name}` \\n "\u2028"', '`${name}` \\n "\u2028"'],
  ['\uFEFF\r\n<%- name -%>\n.', '\uFEFF\r\necho.'],
])('%j is %j', (text, expected) => {
  expect(render(text, { name: 'echo', none: undefined })).toBe(expected)
})

it.each([
  ['<% const x = 1 %>\n\n<%- x.y.z %>', /^a\.ts\.ejs:3\n/],
  ['a\n<%- nmae %>', /^a\.ts\.ejs:2\nnmae is not defined$/],
  ['<% if (true) { %>', /^a\.ts\.ejs:1\n/],
  ['<% name = 1 %>', /^a\.ts\.ejs:1\nAssignment to constant variable\.$/],
  ['<% other = 1 %>', /^a\.ts\.ejs:1\nother is not defined$/],
])('%j is an error that names file and line', (text, message) => {
  expect(() => render(text, { name: 'echo' })).toThrow(message)
})
