import { useLanguage, useText } from '../frame/language.part.js';
import { Section } from '../parts/page.part.js';
import { tiers, useWord } from '../parts/vocabulary.part.js';
import type { Portrait } from './portrait.query.js';
import { portraitText } from './portrait.text.js';
import { titleText } from './title.text.js';

/** Where the enterprise stands on the pyramid, by which titles, and what leads one step up. */
export function Standing({ portrait }: { portrait: Portrait }) {
  const text = useText(portraitText);
  const word = useWord();
  const { language } = useLanguage();
  return (
    <Section title={text('tier')} note={portrait.tierReason[language]}>
      <div className="standing">
        <ol className="pyramid">
          {tiers.toReversed().map((tier) => (
            <li key={tier} aria-current={tier === portrait.tier ? 'true' : undefined}>
              {word('tier', tier)}
            </li>
          ))}
        </ol>
        <div>
          <Score portrait={portrait} />
          <Titles portrait={portrait} />
          <NextTier portrait={portrait} />
        </div>
      </div>
    </Section>
  );
}

function Score({ portrait }: { portrait: Portrait }) {
  const text = useText(portraitText);
  const { score, scoreBand, scaleMin, scaleMax } = portrait;
  return (
    <>
      <h3>
        {text('score')}{' '}
        {portrait.provisional ? (
          <span className="tag" title={text('provisionalWhat')}>
            {text('provisional')}
          </span>
        ) : null}
      </h3>
      <p className="tile-value figure">{score ?? text('unknown')}</p>
      {scoreBand ? <p className="quiet">{text('band', { band: scoreBand, min: scaleMin, max: scaleMax })}</p> : null}
    </>
  );
}

/** The name of an official title in the reader's language. */
function useTitleWord() {
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = titleText[language];
  return (title: string): string => words[title] ?? title;
}

function Titles({ portrait }: { portrait: Portrait }) {
  const text = useText(portraitText);
  const titleWord = useTitleWord();
  const valid = portrait.heldTitles.filter(({ validToday }) => validToday);
  return (
    <>
      <h3 className="gap">{text('titles')}</h3>
      {valid.length === 0 ? <p className="quiet">{text('noTitles')}</p> : null}
      <ul className="reasons">
        {valid.map(({ title, validTo, certificate }) => (
          <li key={`${title} ${certificate}`}>
            {titleWord(title)} {validTo ? <span className="quiet">{text('until', { day: validTo })}</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function NextTier({ portrait }: { portrait: Portrait }) {
  const text = useText(portraitText);
  const word = useWord();
  const titleWord = useTitleWord();
  const next = portrait.nextTier;
  return (
    <>
      <h3 className="gap">{text('next')}</h3>
      {next ? (
        <>
          <p>{text('anyOf', { tier: word('tier', next.tier) })}</p>
          <ul className="reasons">
            {next.anyOf.map((title) => (
              <li key={title}>{titleWord(title)}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>{text('top')}</p>
      )}
    </>
  );
}
