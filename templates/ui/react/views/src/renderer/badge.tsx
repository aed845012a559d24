import type { LinkStatus } from '../ports/link'
import { useLink } from './hooks'

/** Shows the state of a link, and which port of it this is: kill the other end to see it change. */
export function Badge({ link }: { link: LinkStatus }) {
  const { state, generation } = useLink(link)
  return (
    <span className="link" data-state={state}>
      {link.to === undefined ? link.name : `${link.name} to ${link.to}`} · {state}
      {generation > 0 && ` · port ${generation}`}
      {state === 'down' && (
        <button type="button" onClick={() => link.retry()}>
          Try again
        </button>
      )}
    </span>
  )
}
