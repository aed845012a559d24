/** The text that a hub begins with when no window holds one. */
export const SAMPLE = `Minutes

Everybody in the room writes here at the same time. Open a second window: each edit goes to the\
 hub, which puts it in order, and from there to all.

- Undo takes back what you have written, and leaves the others' words alone.
- Close your window and open it again: what you can undo is still there.
- Crash a window, or kill the hub. It is back in a moment, and so is the text.
`
