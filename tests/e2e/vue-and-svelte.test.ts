import { describeFrameworks } from './framework.ts'

describeFrameworks([
  { ui: 'vue', ending: 'vue', adapter: 'composables.ts', link: 'hashes' },
  { ui: 'svelte', ending: 'svelte', adapter: 'links.svelte.ts', link: 'docs' },
])
