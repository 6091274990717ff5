/*
 * Many clients of one inbound: one after another, or all at once.
 */

export async function run(contender, { way, count, together, inbound, prefix }) {
  const make = (email) => contender[way](inbound, email)
  const emails = Array.from({ length: count }, (_, index) => `${prefix}_${String(index).padStart(6, '0')}`)
  const began = performance.now()
  const answers = together ? await Promise.allSettled(emails.map(make)) : await inTurn(make, emails)
  const total = performance.now() - began
  return { total, told: answers.filter(({ value }) => value?.success).length }
}

async function inTurn(make, emails) {
  const answers = []
  for (const email of emails) answers.push({ value: await make(email) })
  return answers
}
