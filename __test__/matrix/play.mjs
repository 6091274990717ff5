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
 * @param {string[]} asked - What the method asks `_request` for, line by line.
 */
export async function play(row, stage, asked) {
  const counted = () => ({ asked: [...asked], sent: sentIn(stage.requests(), asked), logins: loginsIn(stage.requests()) })
  try {
    stage.mark()
    const answer = await row.call(stage)
    const done = counted()
    const wrong = await faultOf(row, stage, answer)
    return { ...done, how: wrong ? 'wrong' : wayOf(done.sent, done.asked), wrong, answer }
  } catch (error) {
    const unsupported = error.name === 'UnsupportedByPanelError'
    return { ...counted(), how: unsupported ? 'unsupported' : 'wrong', wrong: `${error.name}: ${error.message}`, error }
  }
}

const lineOf = ({ method, path }) => `${method} ${path}`

function sentIn(requests, asked) {
  return requests.filter((request) => asked.includes(lineOf(request)) || !ASIDE.test(request.path))
}

const loginsIn = (requests) => requests.filter(({ path }) => path.endsWith('/login')).length

const wayOf = (sent, asked) => (sent.map(lineOf).join() === asked.join() ? 'native' : 'recipe')

async function faultOf({ shape, effect }, stage, answer) {
  const fault = shape.whole ? shape.whole(answer) : faultOfEnvelope(shape, answer)
  if (fault) return fault
  try {
    await effect?.(stage, answer)
    return ''
  } catch (error) {
    return error.message.split('\n').slice(0, 12).join(' ')
  }
}

function faultOfEnvelope(shape, answer) {
  if (typeof answer?.success !== 'boolean') return `the answer is no envelope: ${JSON.stringify(answer)?.slice(0, 80)}`
  if (!answer.success) return `refused: ${answer.msg || answer.message}`
  const fault = shape(answer.obj)
  return fault && `obj ${fault}`
}
