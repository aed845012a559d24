import { describeFrameworks } from './framework.ts'

describeFrameworks([
  {
    ui: 'react',
    flags: ['--topology', 'worker-window'],
    link: 'jobs',
    adapter: 'hooks.ts',
    card: 'app/cards/jobs.tsx',
  },
  {
    ui: 'solid',
    flags: [
      '--node',
      'document:window:many',
      '--link',
      'view:app:document',
      '--link',
      'notes:app:main',
    ],
    link: 'notes',
    adapter: 'primitives.ts',
    card: 'app/cards/notes.tsx',
  },
])
