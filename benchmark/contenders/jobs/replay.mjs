/*
 * Requests that another client sent, sent again.
 */

export async function run(contender, { requests }) {
  const began = performance.now()
  await contender.replay(requests)
  return { total: performance.now() - began }
}
