//! The numbers of the templates.

use super::super::assets::Class::{self, Cash, Coin, Currency, Fund, Stablecoin, Token, Treasury};
use super::{ClassRule, GroupTable, ScenarioTable, Table};

/// A class at one weight, without limits of its own.
const fn flat(class: Class, tiers: &'static [(Option<u64>, u32)], why: &'static str) -> ClassRule {
    ClassRule {
        class,
        tiers,
        owed: false,
        max_share_bps: None,
        max_held_share_bps: None,
        why,
    }
}

const CASH: ClassRule = flat(
    Cash,
    &[(None, 10_000)],
    "Cash has no market risk; which bank owes it is not seen here.",
);
const CURRENCY: ClassRule = flat(
    Currency,
    &[(None, 9_200)],
    "Money in another currency: 8 % is the supervisory haircut for a currency mismatch (Basel CRE22).",
);
const TREASURY: ClassRule = flat(
    Treasury,
    &[(None, 9_900)],
    "Government paper of up to a year: the haircut covers a fall of its price until it is sold.",
);
const FUND_SHARES: ClassRule = flat(
    Fund,
    &[(None, 9_700)],
    "Shares of a money-market fund: its paper, and the days until a redemption is paid.",
);
const RESERVE_STABLECOIN: ClassRule = flat(
    Stablecoin,
    &[(None, 9_500)],
    "A stablecoin of somebody else: the haircut covers its discount when it is sold in haste.",
);
/// What is large is sold at a worse price.
const RESERVE_COIN: ClassRule = flat(
    Coin,
    &[(Some(500_000_000), 7_000), (None, 4_000)],
    "A coin falls by a third within days; beyond the first tier it cannot be sold within them.",
);
const RESERVE_TOKEN: ClassRule = flat(
    Token,
    &[(Some(10_000_000), 5_000), (None, 2_000)],
    "A token falls further than a coin, and markets take less of it.",
);

const PEG: ScenarioTable = ScenarioTable {
    name: "stablecoins lose a tenth",
    min_ratio_bps: 10_000,
    moves: &[(Stablecoin, -1_000)],
    why: "About as deep as a large stablecoin fell when its bank failed in March 2023.",
};
const RATES: ScenarioTable = ScenarioTable {
    name: "rates rise by 300 basis points",
    min_ratio_bps: 10_000,
    moves: &[(Treasury, -300), (Fund, -150)],
    why: "Paper of a year falls by about 3 %, shorter paper by less.",
};
const CURRENCIES: ScenarioTable = ScenarioTable {
    name: "other currencies fall by 15 %",
    min_ratio_bps: 10_000,
    moves: &[(Currency, -1_500)],
    why: "A large move of a major currency within a year.",
};

pub(super) const STABLECOIN_RESERVE: Table = Table {
    title: "Stablecoin reserve",
    about: "A reserve that covers what was issued. All accounts are listed in full, since how the\nreserve is composed is limited too.",
    min_ratio_bps: 10_000,
    ratio_step_bps: 50,
    report_grain: Some(1_000_000),
    classes: &[
        CASH,
        CURRENCY,
        TREASURY,
        FUND_SHARES,
        RESERVE_STABLECOIN,
        RESERVE_COIN,
        RESERVE_TOKEN,
    ],
    groups: &[
        GroupTable {
            name: "cash and government paper",
            classes: &[Cash, Treasury],
            max_share_bps: None,
            min_held_share_bps: Some(7_500),
            max_held_share_bps: None,
            why: "Most of the reserve can be paid out within a day or two.",
        },
        GroupTable {
            name: "funds",
            classes: &[Fund],
            max_share_bps: Some(2_500),
            min_held_share_bps: None,
            max_held_share_bps: Some(2_500),
            why: "Funds may stop redemptions just when they are needed.",
        },
        GroupTable {
            name: "other currencies",
            classes: &[Currency],
            max_share_bps: Some(1_000),
            min_held_share_bps: None,
            max_held_share_bps: Some(1_000),
            why: "What was issued is in one currency.",
        },
        GroupTable {
            name: "stablecoins",
            classes: &[Stablecoin],
            max_share_bps: Some(500),
            min_held_share_bps: None,
            max_held_share_bps: Some(500),
            why: "A reserve of another's reserve is as good as that one.",
        },
        GroupTable {
            name: "crypto assets",
            classes: &[Coin, Token],
            max_share_bps: Some(300),
            min_held_share_bps: None,
            max_held_share_bps: Some(500),
            why: "Their price falls when redemptions rise.",
        },
    ],
    scenarios: &[
        RATES,
        PEG,
        CURRENCIES,
        ScenarioTable {
            name: "crypto assets fall by 70 %",
            min_ratio_bps: 10_000,
            moves: &[(Coin, -7_000), (Token, -9_000)],
            why: "About as far as the largest coins fell in 2018 and in 2022.",
        },
    ],
};

pub(super) const CRYPTO_LENDER: Table = Table {
    title: "Crypto-backed loans",
    about: "Crypto assets that cover loans. What is held beside them need not be listed, and counts for\nnothing.",
    min_ratio_bps: 12_000,
    ratio_step_bps: 500,
    report_grain: None,
    classes: &[
        ClassRule {
            class: Cash,
            tiers: &[(None, 10_000)],
            owed: true,
            max_share_bps: None,
            max_held_share_bps: None,
            why: "Cash has no market risk. Loans are in it.",
        },
        CURRENCY,
        TREASURY,
        FUND_SHARES,
        ClassRule {
            class: Stablecoin,
            tiers: &[(None, 9_500)],
            owed: true,
            max_share_bps: Some(4_000),
            max_held_share_bps: None,
            why: "A stablecoin: the haircut covers its discount, the limit the failure of one issuer. Loans are in it.",
        },
        ClassRule {
            class: Coin,
            tiers: &[
                (Some(50_000_000), 8_000),
                (Some(250_000_000), 7_000),
                (None, 5_000),
            ],
            owed: true,
            max_share_bps: None,
            max_held_share_bps: None,
            why: "A coin of a large chain: more of it takes longer to sell, so it counts for less.",
        },
        ClassRule {
            class: Token,
            tiers: &[
                (Some(5_000_000), 6_000),
                (Some(20_000_000), 4_000),
                (None, 2_000),
            ],
            owed: false,
            max_share_bps: Some(1_000),
            max_held_share_bps: None,
            why: "Any other token: thin markets, so little of it counts, and no more than a tenth of all.",
        },
    ],
    groups: &[
        GroupTable {
            name: "stablecoins",
            classes: &[Stablecoin],
            max_share_bps: Some(6_000),
            min_held_share_bps: None,
            max_held_share_bps: None,
            why: "They may fail together.",
        },
        GroupTable {
            name: "other tokens",
            classes: &[Token],
            max_share_bps: Some(2_500),
            min_held_share_bps: None,
            max_held_share_bps: None,
            why: "They fall together.",
        },
    ],
    scenarios: &[
        ScenarioTable {
            name: "crypto assets halve",
            min_ratio_bps: 10_000,
            moves: &[(Coin, -5_000), (Token, -7_000)],
            why: "Within two days in March 2020 the largest coins lost half.",
        },
        PEG,
        RATES,
        CURRENCIES,
    ],
};

pub(super) const FUND: Table = Table {
    title: "Fund of cash and short paper",
    about: "Assets that cover the shares of a fund. All accounts are listed in full, since the fund is\nlimited in what it may hold.",
    min_ratio_bps: 10_000,
    ratio_step_bps: 25,
    report_grain: Some(1_000_000),
    classes: &[
        CASH,
        CURRENCY,
        TREASURY,
        ClassRule {
            class: Fund,
            tiers: &[(None, 9_800)],
            owed: false,
            max_share_bps: Some(2_500),
            max_held_share_bps: Some(2_500),
            why: "Shares of another fund, a quarter at most of one, so that no one fund decides.",
        },
        RESERVE_STABLECOIN,
        RESERVE_COIN,
        RESERVE_TOKEN,
    ],
    groups: &[
        GroupTable {
            name: "cash and government paper",
            classes: &[Cash, Treasury],
            max_share_bps: None,
            min_held_share_bps: Some(5_000),
            max_held_share_bps: None,
            why: "Half of what a money-market fund holds is to mature or be sold within a week.",
        },
        GroupTable {
            name: "other currencies",
            classes: &[Currency],
            max_share_bps: Some(2_000),
            min_held_share_bps: None,
            max_held_share_bps: Some(2_000),
            why: "Shares are redeemed in one currency.",
        },
        GroupTable {
            name: "crypto assets",
            classes: &[Stablecoin, Coin, Token],
            max_share_bps: Some(1_000),
            min_held_share_bps: None,
            max_held_share_bps: Some(1_000),
            why: "Enough to pay those who redeem on chain, and no more.",
        },
    ],
    scenarios: &[
        RATES,
        PEG,
        CURRENCIES,
        ScenarioTable {
            name: "crypto assets fall by 70 %",
            min_ratio_bps: 10_000,
            moves: &[(Coin, -7_000), (Token, -9_000)],
            why: "About as far as the largest coins fell in 2018 and in 2022.",
        },
    ],
};
