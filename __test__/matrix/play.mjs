/*
 * Plays one call of the matrix and says how the method fared: `native`, `recipe`, `unsupported`, or what is wrong.
 */

/** Requests that are no part of a call: having a session, and finding out which panel this is. */
const ASIDE = /^(\/|\/csrf-token|\/login|\/logout|\/panel\/|\/panel\/api\/server\/status)$/

/** The requests of a call, without those aside from it. */
function sentIn(requests, asked) {
  const isAsked = ({ method, path }) => asked.includes(`${method} ${path}`)
  return requests.filter((request) => isAsked(request) || !ASIDE.test(request.path))
}

export async function play(row, stage, requests) {
  const asked = []
  const { client } = stage
  const door = Object.getPrototypeOf(client)._request
  client._request = (verb, path, ...rest) => {
    asked.push(`${verb.toUpperCase()} ${path}`)
    return door.call(client, verb, path, ...rest)
  }
  try {
    const before = { mark: stage.mark.bind(stage) }
    before.mark()
    stage.mark = () => {
      asked.length = 0
      before.mark()
    }
    const answer = await row.call(stage)
    const sent = sentIn(requests(), asked)
    const done = { asked: [...asked], sent, logins: requests().filter(({ path }) => path.endsWith('/login')).length }
    const wrong = await faultOf(row, stage, answer)
    if (wrong) return { ...done, how: 'wrong', wrong, answer }
    const lines = sent.map(({ method, path }) => `${method} ${path}`)
    return { ...done, how: lines.join() === done.asked.join() ? 'native' : 'recipe', refused: answer?.success === false && answer.msg }
  } catch (error) {
    const sent = sentIn(requests(), asked)
    const logins = requests().filter(({ path }) => path.endsWith('/login')).length
    const done = { asked, sent, logins }
    if (error.name === 'UnsupportedByPanelError') return { ...done, how: 'unsupported', message: error.message }
    return { ...done, how: 'wrong', wrong: `${error.name}: ${error.message}` }
  } finally {
    delete client._request
  }
}

async function faultOf(row, stage, answer) {
  if (!row.shape) return ''
  if (typeof answer?.success !== 'boolean') return `the answer is no envelope: ${JSON.stringify(answer)?.slice(0, 80)}`
  if (!answer.success) return stage.mayRefuse?.(row.method, answer.msg) ? '' : `refused: ${answer.msg || answer.message}`
  const fault = row.shape(answer.obj)
  if (fault) return `obj ${fault}`
  try {
    await row.effect?.(stage, answer)
    return ''
  } catch (error) {
    return error.message.split('\n').slice(0, 12).join(' ')
  }
}
