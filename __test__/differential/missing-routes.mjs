/*
 * What a record is to be compared with.
 *
 * Where the reference asks for a route that a panel does not have, it cannot but fail: it logs in anew, asks again and
 * gives up. There this package has to come to what the reference comes to on the version that has the route; by which
 * requests is listed in `accepted.json`, as everything else that differs.
 */

/** The listed routes, which notice whether they are really missing. */
export class MissingRoutes {
  #listed
  #needed = new Set()

  /** @param {{ because: string, versions: string[], instead: string, calls: string[] }[]} listed */
  constructor(listed) {
    this.#listed = listed
  }

  /**
   * The reference's record and this package's.
   *
   * @param {Record<string, { reference: object, ours: object }>} made - The records of a call, by version.
   */
  pair(name, version, made) {
    const { reference, ours } = made[version]
    const route = this.#listed.find(
      ({ versions, calls }) => versions.includes(version) && calls.includes(name),
    )
    if (!route || !endsInMissingRoute(reference)) return [everything(reference), everything(ours)]
    this.#needed.add(`${name} (${version})`)
    const { outcome, stored } = made[route.instead].reference
    return [{ ...everything(reference), outcome, stored }, everything(ours)]
  }

  /** What is listed and not missing (any more), in words. */
  unneeded() {
    return this.#listed.flatMap(({ because, versions, calls }) => {
      const all = versions.flatMap((version) => calls.map((name) => `${name} (${version})`))
      return all.filter((call) => !this.#needed.has(call)).map((call) => `${call}: ${because}`)
    })
  }
}

/** The same request answered 404 twice: the second time after a login. */
function endsInMissingRoute({ statuses, requests }) {
  const [before, last] = requests.slice(-2).map(({ line }) => line)
  return last === before && statuses.at(-1) === 404 && statuses.at(-2) === 404
}

const everything = ({ statuses: _, ...rest }) => rest
