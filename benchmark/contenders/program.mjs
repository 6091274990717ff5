/*
 * The process of a contender: starts it, and does one job after another for the one who measures.
 *
 *     node program.mjs <contender> <setup as JSON>, with an IPC channel
 */

const [name, setup] = process.argv.slice(2)

const tell = (message) => process.send(message)
const failed = (error) => ({ error: error?.stack ?? String(error) })

process.on('disconnect', () => process.exit())
process.on('message', async ({ job, options }) => {
  try {
    const { run } = await import(`./jobs/${job}.mjs`)
    tell({ measured: await run(await contender, options) })
  } catch (error) {
    tell(failed(error))
  }
})

const contender = import(`./${name}.mjs`).then(({ connect }) => connect(JSON.parse(setup)))
contender.then(
  () => tell({ measured: {} }),
  (error) => tell(failed(error)),
)
