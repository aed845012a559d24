import { Show } from 'solid-js'
import type { LinkStatus } from '../ports/link'
import { createLinkState } from './primitives'

/** Shows the state of a link, and which port of it this is: kill the other end to see it change. */
export function Badge(props: { link: LinkStatus }) {
  const { link } = props
  const seen = createLinkState(link)
  return (
    <span class="link" data-state={seen().state}>
      {link.to === undefined ? link.name : `${link.name} to ${link.to}`} · {seen().state}
      {seen().generation > 0 && ` · port ${seen().generation}`}
      <Show when={seen().state === 'down'}>
        <button type="button" onClick={() => link.retry()}>
          Try again
        </button>
      </Show>
    </span>
  )
}
