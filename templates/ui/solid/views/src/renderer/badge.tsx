import { Show } from 'solid-js'
import type { LinkStatus } from '../ports/link'
import { createLinkState } from './primitives'

/** Shows the state of a link, and which port of it this is: kill the other end to see it change. */
export function Badge(props: { link: LinkStatus }) {
  const seen = createLinkState(() => props.link)
  return (
    <span class="link" data-state={seen().state}>
      {props.link.to === undefined ? props.link.name : `${props.link.name} to ${props.link.to}`} ·{' '}
      {seen().state}
      {seen().generation > 0 && ` · port ${seen().generation}`}
      <Show when={seen().state === 'down'}>
        <button type="button" onClick={() => props.link.retry()}>
          Try again
        </button>
      </Show>
    </span>
  )
}
