import { describeFrameworks } from './framework.ts'

describeFrameworks([
  {
    ui: 'vue',
    flags: ['--topology', 'utility-process'],
    link: 'hashes',
    adapter: 'composables.ts',
    card: 'app/cards/hashes.vue',
  },
  {
    ui: 'svelte',
    flags: [
      '--node',
      'side:window',
      '--node',
      'search:utility-process',
      '--link',
      'notes:app:side',
      '--link',
      'find:side:search',
    ],
    link: 'notes',
    adapter: 'links.svelte.ts',
    card: 'app/cards/notes.svelte',
  },
])
