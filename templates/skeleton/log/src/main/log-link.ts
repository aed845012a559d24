import type { Link } from '../ports/link'

/** Prints what a link was answered, whenever it is connected. */
export function logLink<Contract extends object>(
  link: Link<Contract>,
  ask: (link: Link<Contract>) => Promise<string>,
): Link<Contract> {
  link.onChange(async () => {
    if (link.state === 'connected') console.log(`${link.name}: ${await ask(link).catch(String)}`)
  })
  return link
}
