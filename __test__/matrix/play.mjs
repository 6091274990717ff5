/*
 * Plays one call of the matrix and says how the method fared.
 *
 * `native`: the requests on the wire are those that the original makes where a panel has all routes. `recipe`: others.
 * `unsupported`: an error that says so. Anything else is `wrong`, with what is.
 */

/** Requests that are no part of a call: having a session, and finding out which panel this is. */
const ASIDE = /^(\/|\/csrf-token|\/login|\/logout|\/panel\/|\/panel\/api\/server\/status)$/

/**
 * @param row - Of `CALLS`.
 * @param {import('./stage.mjs').Stage} stage
 * @param {() => { method: string, path: string }[]} requests - Those that the panel received since `stage.mark()`.
 */
export async function play(row, stage, requests) {
  const asked = listening(stage)
  const counted = () => ({ sent: sentIn(requests(), asked), logins: loginsIn(requests()) })
  try {
    stage.mark()
    const answer = await row.call(stage)
    const done = counted()
    const wrong = await faultOf(row, stage, answer)
    return { ...done, how: wrong ? 'wrong' : wayOf(done.sent, asked), wrong, answer }
  } catch (error) {
    const unsupported = error.name === 'UnsupportedByPanelError'
    return { ...counted(), how: unsupported ? 'unsupported' : 'wrong', wrong: `${error.name}: ${error.message}`, error }
  } finally {
    delete stage.client._request
  }
}

/** Every request that the client under test is asked for, as the original would send it. */
function listening(stage) {
  const asked = []
  const { client } = stage
  const door = Object.getPrototypeOf(client)._request
  client._request = (verb, path, ...rest) => {
    asked.push(`${verb.toUpperCase()} ${path}`)
    return door.call(client, verb, path, ...rest)
  }
  const mark = stage.mark.bind(stage)
  stage.mark = () => {
    asked.length = 0
    mark()
  }
  return asked
}

const lineOf = ({ method, path }) => `${method} ${path}`

function sentIn(requests, asked) {
  return requests.filter((request) => asked.includes(lineOf(request)) || !ASIDE.test(request.path))
}

const loginsIn = (requests) => requests.filter(({ path }) => path.endsWith('/login')).length

const wayOf = (sent, asked) => (sent.map(lineOf).join() === asked.join() ? 'native' : 'recipe')

async function faultOf(row, stage, answer) {
  if (!row.shape) return ''
  if (typeof answer?.success !== 'boolean') return `the answer is no envelope: ${JSON.stringify(answer)?.slice(0, 80)}`
  if (!answer.success) return stage.mayRefuse?.(row.method) ? '' : `refused: ${answer.msg || answer.message}`
  const fault = row.shape(answer.obj)
  if (fault) return `obj ${fault}`
  try {
    await row.effect?.(stage, answer)
    return ''
  } catch (error) {
    return error.message.split('\n').slice(0, 12).join(' ')
  }
}
