//! The contracts' ABI, as far as this workspace uses it: the structures of the contracts and the
//! functions and events that have them, in Solidity. Selectors and encodings are derived; a test
//! compares names, types and order with the ABI of the compiled contracts.
#![allow(missing_docs, unreachable_pub)]

alloy_sol_types::sol! {
    /// A signer of a facility, the first key of its line, and what it may sign.
    #[derive(Debug, PartialEq, Eq)]
    struct Attester {
        address signer;
        address identity;
        uint8 roles;
    }

    /// The price feed of an asset.
    #[derive(Debug, PartialEq, Eq)]
    struct Feed {
        address feed;
        uint8 assetDecimals;
        uint64 maxAge;
    }

    /// What a facility demands of every proof.
    #[derive(Debug, PartialEq, Eq)]
    struct Terms {
        uint256 subject;
        uint256 policy;
        uint32 minRatioBps;
        bytes32[] circuits;
        address[] debtSources;
        uint128 minPublicDebt;
        address beneficiary;
        uint64 maxAccountAge;
        uint64 maxWindow;
        uint64 maxPriceAge;
        uint64 maxLag;
        uint64 coverageSeconds;
        uint8 attesterQuorum;
        uint8 priceQuorum;
        Attester[] attesters;
        Feed[] feeds;
        bytes32 envelope;
        address sequencer;
        uint64 sequencerGrace;
        uint256 securedParty;
        bytes32 wording;
        uint128 bond;
        uint64 cureSeconds;
        address hook;
    }

    /// What a proof was made for (S9).
    struct Binding {
        uint256 chainId;
        address registry;
        uint128 facility;
        uint64 epoch;
    }

    /// Signatures of attesters, named by their places in the terms.
    struct Signatures {
        uint8[] attesters;
        bytes[] signatures;
    }

    /// An attester's word on an account.
    struct Attestation {
        uint64 asOf;
        uint64 validUntil;
        uint8 kind;
        bytes32 account;
        bytes32 counterpart;
        Signatures signed;
    }

    /// An attester's word that it holds an account for the facility's secured party.
    struct Undertaking {
        uint64 heldFrom;
        uint64 heldUntil;
        Signatures signed;
    }

    /// Where the prices of a submission come from.
    struct Prices {
        uint80[] rounds;
        uint64 asOf;
        uint128[] prices;
        Signatures signed;
    }

    /// A proof with all that the terms require.
    struct Submission {
        Binding binding;
        uint8 version;
        uint256 policy;
        uint64 asOfFrom;
        uint64 asOfTo;
        uint128 publicDebt;
        uint32 ratioBps;
        uint64 kinds;
        uint256[5] report;
        uint256[] commitments;
        Attestation[] attestations;
        Undertaking[] undertakings;
        Prices prices;
        bytes proof;
    }

    /// A submission among several.
    struct Renewal {
        uint128 facility;
        Terms terms;
        Submission submission;
    }

    /// A signature that a coverage rests on.
    #[derive(Debug, PartialEq, Eq)]
    struct Document {
        address signer;
        bytes32 digest;
    }

    /// What a coverage rests on.
    #[derive(Debug, PartialEq, Eq)]
    struct Basis {
        uint32 ratioBps;
        uint64 kinds;
        uint64 pricesAsOf;
        bytes32 prices;
        bytes32 documents;
    }

    /// What a policy lets a proof say of later prices.
    struct Envelope {
        uint32[] ratios;
        uint32[] multipliers;
        uint256 owed;
        uint256 weightless;
    }

    /// What a proof says, in public values.
    #[derive(Debug, PartialEq, Eq)]
    struct Statement {
        uint256 subject;
        uint64 asOfFrom;
        uint64 asOfTo;
        uint256 policy;
        uint128 publicDebt;
        uint32 ratioBps;
        uint256 context;
        uint64 kinds;
        uint256[5] report;
        uint256[] commitments;
        uint128[] prices;
    }

    /// What is proved of a facility.
    #[derive(Debug, PartialEq, Eq)]
    struct Coverage {
        uint40 until;
        uint40 asOfFrom;
        uint24 window;
        uint80 debt;
        uint32 epoch;
        uint32 pledges;
        uint8 version;
    }

    /// What the registry keeps of a facility.
    #[derive(Debug, PartialEq, Eq)]
    struct Facility {
        address owner;
        uint80 fixedDebt;
        bytes32 terms;
        Coverage coverage;
        bytes32 basis;
        bytes32 announced;
        uint64 announcedFrom;
        uint64 endedAt;
        bool uncured;
        uint32 consented;
    }

    /// The functions of `CovenantRegistry` that owners, subjects, lenders and challengers call.
    interface CovenantRegistry {
        event FacilityOpened(uint128 indexed facility, address indexed owner, Terms terms);
        event TermsAnnounced(uint128 indexed facility, bytes32 terms, uint256 from, uint256 until);
        event TermsChanged(uint128 indexed facility, uint64 epoch, Terms terms);
        event Covered(
            uint128 indexed facility,
            uint64 indexed epoch,
            uint64 until,
            uint8 indexed version,
            Statement statement,
            uint64 pricesAsOf,
            Document[] documents
        );
        event CoverageEnded(
            uint128 indexed facility,
            uint64 indexed epoch,
            uint8 reason,
            uint64 cureBy,
            address by
        );
        event CoverageShortened(uint128 indexed facility, uint64 until);
        event Uncured(uint128 indexed facility, uint64 epoch);
        event ReleaseConsented(uint128 indexed facility, uint64 epoch);
        event PledgesReleased(uint128 indexed facility, uint64 epoch);

        function router() external view returns (address);
        function identities() external view returns (address);
        function facilityId(address owner, bytes32 salt) external pure returns (uint128);
        function facilityOf(uint128 facility) external view returns (Facility memory);
        function contextOf(uint128 facility) external view returns (uint256);
        function isCovered(uint128 facility, bytes32 termsHash) external view returns (bool);
        function provedDebt(uint128 facility, bytes32 termsHash)
            external view returns (uint256 debt, uint64 asOfFrom, uint64 until);
        function presentRatio(
            uint128 facility,
            Terms terms,
            Basis basis,
            uint128[] provedPrices,
            Envelope envelope,
            Prices prices,
            uint32[] weights
        ) external view returns (uint32);
        function bondOf(uint128 facility) external view returns (uint256);
        function revokedFrom(address signer, bytes32 document) external view returns (uint64);
        function open(bytes32 salt, Terms terms) external returns (uint128 facility);
        function announceTerms(uint128 facility, bytes32 termsHash) external;
        function changeTerms(uint128 facility, Terms old, Terms next) external;
        function consentToRelease(uint128 facility, Terms terms) external;
        function release(uint128 facility) external;
        function submit(uint128 facility, Terms terms, Submission s) external;
        function submitMany(Renewal[] renewals) external;
        function challenge(
            uint128 facility,
            Terms terms,
            Basis basis,
            uint128[] provedPrices,
            Envelope envelope,
            Prices prices,
            int256[] vector
        ) external;
        function endRevoked(
            uint128 facility,
            Terms terms,
            Basis basis,
            Document[] documents,
            uint256 index
        ) external;
        function declareUncured(uint128 facility, Terms terms) external;
    }

    /// The functions of `CovenantRouter` that are read.
    interface CovenantRouter {
        function versions(uint8 version)
            external view returns (address verifier, uint64 from, bool frozen);
        function versionOf(bytes32 circuit) external view returns (uint8);
        function counts(uint8 version) external view returns (bool);
        function paused() external view returns (bool);
        function versionCount() external view returns (uint8);
        function pausedUntil() external view returns (uint64);
    }

    /// What owes.
    interface IDebtSource {
        function debt() external view returns (uint256);
    }

    /// A Chainlink price feed.
    interface AggregatorV3Interface {
        function decimals() external view returns (uint8);
        function latestRoundData() external view returns (
            uint80 id,
            int256 answer,
            uint256 startedAt,
            uint256 updatedAt,
            uint80 answeredInRound
        );
    }

    /// The functions of `BackedToken` that take terms.
    interface BackedToken {
        function announce(bytes32 terms) external;
        function pin(Terms terms) external;
    }

    /// The typed front of a circuit.
    interface CovenantVerifier {
        function circuit() external view returns (bytes32);
        function verify(Statement statement, bytes proof) external view;
    }
    /// The typed front of a circuit of many claims.
    interface CovenantManyVerifier {
        function circuit() external view returns (bytes32);
        function claims() external view returns (uint256);
        function verify(Statement statement, bytes proof) external view;
        function verifyMany(Statement[] statements, bytes proof) external;
    }

    /// One proof of many claims, and what it covers, in one transaction.
    interface CovenantBatch {
        function submitMany(bytes proved, bytes renewals) external;
    }
}
