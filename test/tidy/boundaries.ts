import { cruiseBoundaries } from './cruise-boundaries.ts';

/** Fewer modules than this were never looked at: the cruise then found nothing because it read nothing. */
const modulesMin = 300;

const { modules, violations } = await cruiseBoundaries();
for (const { rule, from, to, comment } of violations) {
  console.error(`${from} must not import ${to} (${rule.name}${comment === undefined ? '' : `: ${comment}`})`);
}
if (modules < modulesMin) {
  console.error(
    `Only ${modules} modules were read, at least ${modulesMin} were expected: the check itself is broken.`,
  );
}
if (violations.length > 0 || modules < modulesMin) process.exitCode = 1;
else console.log(`boundaries: ${modules} modules, no forbidden import`);
