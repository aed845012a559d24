import { Session } from 'node:inspector'

/** How many objects with this prototype there are in this process after its garbage was collected. */
export async function countInstances(prototype: object): Promise<number> {
  const session = new Session()
  session.connect()
  try {
    Reflect.set(globalThis, 'countedPrototype', prototype)
    const found = await post(session, 'Runtime.evaluate', { expression: 'countedPrototype' })
    const { objects } = await post(session, 'Runtime.queryObjects', {
      prototypeObjectId: found.result.objectId,
    })
    const { result } = await post(session, 'Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration: 'function () { return this.length }',
    })
    return result.value
  } finally {
    session.disconnect()
  }
}

interface Answer {
  result: { objectId: string; value: number }
  objects: { objectId: string }
}

function post(session: Session, method: string, params: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    session.post(method, params, (error, answer) =>
      error ? reject(error) : resolve(answer as Answer),
    )
  })
}
