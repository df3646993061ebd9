//! The contracts' ABI, as far as this crate uses it: the structures of `Terms.sol`,
//! `CovenantRegistry.sol` and `ICovenantVerifier.sol` and the functions that take them, in
//! Solidity. Selectors and encodings are derived; a test compares names, types and order with
//! the ABI of the compiled contracts.
#![allow(missing_docs, unreachable_pub)]

alloy_sol_types::sol! {
    /// A signer of a facility, and what it may sign.
    struct Attester {
        address signer;
        uint8 roles;
    }

    /// The price feed of an asset.
    struct Feed {
        address feed;
        uint8 assetDecimals;
        uint64 maxAge;
    }

    /// What a facility demands of every proof.
    struct Terms {
        uint256 subject;
        uint256 policy;
        uint32 minRatioBps;
        address verifier;
        address debtToken;
        uint128 minPublicDebt;
        uint64 maxAccountAge;
        uint64 maxWindow;
        uint64 maxPriceAge;
        uint64 coverageSeconds;
        uint8 attesterQuorum;
        uint8 priceQuorum;
        Attester[] attesters;
        Feed[] feeds;
        bytes32 envelope;
        address sequencer;
        uint64 sequencerGrace;
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
        uint256 policy;
        uint64 asOfFrom;
        uint64 asOfTo;
        uint128 publicDebt;
        uint32 ratioBps;
        uint64 kinds;
        uint256[5] report;
        uint256[] commitments;
        Attestation[] attestations;
        Prices prices;
        bytes proof;
    }

    /// What a proof says, in public values.
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

    /// The functions of `CovenantRegistry` that owners and subjects call.
    interface CovenantRegistry {
        function facilityId(address owner, bytes32 salt) external pure returns (uint128);
        function contextOf(uint128 facility) external view returns (uint256);
        function isCovered(uint128 facility) external view returns (bool);
        function open(bytes32 salt, Terms terms) external returns (uint128 facility);
        function announceTerms(uint128 facility, bytes32 termsHash) external;
        function changeTerms(uint128 facility, Terms old, Terms next) external;
        function submit(uint128 facility, Terms terms, Submission s) external;
        function release(uint128 facility) external;
    }

    /// The typed front of a circuit.
    interface CovenantVerifier {
        function circuit() external view returns (bytes32);
        function verify(Statement statement, bytes proof) external view;
    }
}
