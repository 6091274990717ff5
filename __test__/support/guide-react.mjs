/*
 * As much of React as a component with a form takes: elements, state that renders anew, remembered callbacks; and
 * hands for a test: find, change, submit.
 *
 * Must not know: which component.
 */

/** A React to hand to a program, and `mount` to put one of its components on the screen. */
export function smallReact() {
  let slots
  let next

  const slot = (initial) => {
    const at = next++
    if (!(at in slots)) slots[at] = initial()
    return at
  }

  const React = {
    createElement: (type, props, ...children) => ({ type, props: { ...props, children: children.flat() } }),
    useState(initial) {
      const own = slots
      const at = slot(() => initial)
      const set = (value) => void (own[at] = typeof value === 'function' ? value(own[at]) : value)
      return [slots[at], set]
    },
    useCallback(callback, dependencies) {
      const at = slot(() => ({ callback, dependencies }))
      if (dependencies.some((one, index) => !Object.is(one, slots[at].dependencies[index]))) {
        slots[at] = { callback, dependencies }
      }
      return slots[at].callback
    },
  }

  /** Calls the component as often as one looks at it, with the state of its last time. */
  const mount = (component) => {
    const state = []
    const render = () => {
      slots = state
      next = 0
      return component()
    }
    return { render, screen: () => screenOf(render()) }
  }

  return { React, mount }
}

/** What a user sees and can do. */
function screenOf(root) {
  const elements = flatten(root)
  const one = (type, isMeant = () => true) => {
    const found = elements.filter((element) => element.type === type && isMeant(element.props))
    if (found.length !== 1) throw new Error(`${found.length} elements <${type}> on the screen, and not one`)
    return found[0]
  }
  return {
    text: (type) => textOf(one(type)),
    button: () => one('button').props,
    placeholders: () => elements.filter(({ type }) => type === 'input').map(({ props }) => props.placeholder),
    input: (placeholder) => one('input', (props) => props.placeholder === placeholder).props,
    type(placeholder, value) {
      this.input(placeholder).onChange({ target: { value } })
    },
    submit: () => one('form').props.onSubmit({ preventDefault() {} }),
  }
}

const flatten = (element) => (element?.props ? [element, ...element.props.children.flatMap(flatten)] : [])

const textOf = ({ props }) => props.children.join('')
