import { type Message, readPost } from '../../templates/base/src/ports/channel/protocol.ts'
import type { newPorts } from './pair.ts'

/** Writes down what is posted on a port from now on: for every post, the messages in it. */
export function recordPosts(port: ReturnType<typeof newPorts>[number]): Message[][] {
  const posts: Message[][] = []
  const postMessage = port.postMessage.bind(port)
  port.postMessage = (post: unknown, transfer: never[]) => {
    postMessage(post, transfer)
    const messages: Message[] = []
    readPost(post, (message) => messages.push(message) > 0)
    posts.push(messages)
  }
  return posts
}
