/*
 * Turning to a panel, with everything that comes before the first call.
 */

export async function run(contender, panel) {
  await contender.close?.()
  await contender.connect(panel)
  return {}
}
