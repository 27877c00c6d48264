// Rules of this house for oxlint: each stands for one sentence of the architecture.

const HAN = /\p{Script=Han}/u

/** Words belong into the locales: a Chinese literal in code cannot be translated. */
const noHanLiteral = {
  create(context) {
    const report = (node, text) => {
      if (HAN.test(text))
        context.report({ node, message: 'Chinese text belongs into shared/i18n/locales or resources' })
    }
    return {
      Literal: (node) => report(node, node.raw ?? String(node.value)),
      TemplateElement: (node) => report(node, node.value.raw),
      JSXText: (node) => report(node, node.value),
    }
  },
}

const isCall = (node, object, property) =>
  node.callee.type === 'MemberExpression' &&
  !node.callee.computed &&
  node.callee.object.type === 'Identifier' &&
  node.callee.object.name === object &&
  node.callee.property.name === property

/** Time comes from the injected clock, chance from node:crypto: otherwise no test can stand on a day. */
const noAmbient = {
  create(context) {
    return {
      CallExpression(node) {
        if (isCall(node, 'Date', 'now')) context.report({ node, message: 'the time comes from the injected clock' })
        if (isCall(node, 'Math', 'random')) context.report({ node, message: 'chance comes from node:crypto' })
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
          context.report({ node, message: 'the time comes from the injected clock' })
        }
      },
    }
  },
}

/** A program is started with a list of arguments, never with a line that a shell reads. */
const noShell = {
  create(context) {
    return {
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && (node.callee.name === 'exec' || node.callee.name === 'execSync')) {
          context.report({ node, message: 'no shell: use spawn with a list of arguments' })
        }
      },
      Property(node) {
        const name = node.key.type === 'Identifier' ? node.key.name : node.key.value
        if (name === 'shell' && node.value.type === 'Literal' && node.value.value === true) {
          context.report({ node, message: 'no shell: use spawn with a list of arguments' })
        }
      },
    }
  },
}

/** Values go into SQL as parameters. */
const noSqlText = {
  create(context) {
    return {
      CallExpression(node) {
        const [first] = node.arguments
        if (
          node.callee.type === 'MemberExpression' &&
          node.callee.property.name === 'prepare' &&
          first?.type === 'TemplateLiteral' &&
          first.expressions.length > 0
        ) {
          context.report({ node: first, message: 'no values in SQL text: use parameters' })
        }
      },
    }
  },
}

const isStoreMember = (node, names) =>
  node.type === 'MemberExpression' &&
  !node.computed &&
  names.includes(node.property.name) &&
  ((node.object.type === 'Identifier' && node.object.name === 'store') ||
    (node.object.type === 'MemberExpression' && !node.object.computed && node.object.property.name === 'store'))

/** Inside a unit of work only its own handle: a second one would wait for the first for ever. */
const noStoreInWrite = {
  create(context) {
    let depth = 0
    return {
      CallExpression(node) {
        if (isStoreMember(node.callee, ['write'])) {
          if (depth > 0) context.report({ node, message: 'a write inside a write deadlocks: use uow.db' })
          depth += 1
        }
      },
      'CallExpression:exit'(node) {
        if (isStoreMember(node.callee, ['write'])) depth -= 1
      },
      MemberExpression(node) {
        if (depth > 0 && isStoreMember(node, ['read'])) {
          context.report({ node, message: 'inside a unit of work read through uow.db' })
        }
      },
    }
  },
}

export default {
  meta: { name: 'house' },
  rules: {
    'no-han-literal': noHanLiteral,
    'no-ambient': noAmbient,
    'no-shell': noShell,
    'no-sql-text': noSqlText,
    'no-store-in-write': noStoreInWrite,
  },
}
