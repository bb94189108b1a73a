import { PageHeader } from '@windlass/ui/page-header';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { RouterLink } from '../../kit/render-link.tsx';
import { oneOf, type UrlSearch, useUrlState } from '../../kit/use-url-state.tsx';
import { ApiKeysPanel } from './api-keys-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';

const readUrl = ({ tab }: UrlSearch) => ({ tab: oneOf(['people', 'keys'], tab) });

/** Who may sign in, and which machines may send orders. */
export default function SettingsScreen() {
  const [{ tab }] = useUrlState(readUrl);
  return (
    <>
      <PageHeader title="Settings" answer={tab === 'people' ? 'Who may sign in' : 'Which machines may send orders'} />
      <TabsWithCounts
        label="Settings"
        current={tab}
        renderLink={RouterLink}
        tabs={[
          { key: 'people', label: 'People', to: '/settings?tab=people' },
          { key: 'keys', label: 'API keys', to: '/settings?tab=keys' },
        ]}
      />
      <div className="pt-4">{tab === 'people' ? <PeoplePanel /> : <ApiKeysPanel />}</div>
    </>
  );
}
