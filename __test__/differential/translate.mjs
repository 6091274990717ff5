/*
 * What the reference does, put into the terms of this package: differences that are the same whatever the method, and that
 * leave no doubt about what has to stand in their place.
 *
 * Whatever else differs is listed, call by call, in `accepted.json`.
 */

/** What `translated` takes care of; the reasons that docs/DIFFERENCES.md gives for it. */
export const TRANSLATED = [
  'a GET carries no body: the panel reads none, and a proxy may refuse one',
  'errors have a class that tells what happened; their shape is that of axios',
]

/** A record of the reference as it has to be of ours. */
export function translated(record) {
  return { ...record, ...(record.requests && { requests: record.requests.map(withoutBody) }), outcome: classed(record.outcome) }
}

/** Only the empty object, which the reference sends whatever it is asked for. */
function withoutBody({ line, body, headers, ...rest }) {
  if (!line.startsWith('GET ') || JSON.stringify(body) !== '{}') return { line, body, headers, ...rest }
  const { 'content-type': _, ...others } = headers ?? {}
  return { line, body: undefined, headers: headers && others, ...rest }
}

function classed(outcome) {
  const { rejects } = outcome
  if (rejects?.name !== 'AxiosError') return outcome
  return { rejects: { ...rejects, name: rejects.status === 404 ? 'NotFoundError' : 'PanelError' } }
}
